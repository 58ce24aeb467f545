"""A reload under traffic: what is changed changes, and all the others get every trap once and in order."""

import pathlib
import subprocess
import sys

from api_daemon import APIDaemon, Polling
from daemon import PATIENCE, ROOT, temporary_directory, wait_until
from push_service import PushService

RATE, COUNT, SOURCES = 5000, 25000, 100
PER_SOURCE, IN_RUN = ("1.3.6.1.4.1.8072.9999.9999.162.99.1.0", "1.3.6.1.4.1.8072.9999.9999.162.99.2.0")
SERVICE = ROOT / "Tests" / "Acceptance" / "metadata_service.py"


def file(name, path, batch='size="500" max-wait="20ms"'):
    return f'<file name="{name}" path="{path}"><batch {batch}/></file>'


def value(line, name):
    return next(varbind["value"] for varbind in line["varbinds"] if varbind["oid"] == name)


def each_once_in_order(what, lines, expected=COUNT):
    """`trapline blast` numbers the traps of each source from 1; `expected` is None where the engine came or went."""
    last, seen = {}, set()
    for line in lines:
        assert "missed" not in line, (what, line)
        source, place = line["source"], value(line, PER_SOURCE)
        assert source not in last or place == last[source] + 1, (what, source, last[source], place)
        last[source] = place
        seen.add(value(line, IN_RUN))
    assert len(seen) == len(lines) and expected in (None, len(lines)), (what, len(lines))
    return seen


class Blast:
    def __init__(self, binaries, daemon):
        self.daemon = daemon
        self.process = subprocess.Popen(
            [str(binaries / "trapline"), "blast", f"127.0.0.1:{daemon.port}", "--count", str(COUNT), "--rate",
             f"{RATE}/s", "--sources", str(SOURCES), "--no-verdict"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def until(self, count):
        wait_until(lambda: self.daemon.get("traplineArrived") >= count, f"{count} traps")
        assert self.process.poll() is None, "the reload was to happen under traffic"

    def end(self):
        output, _ = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0, output
        self.daemon.sent = COUNT

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class MetadataService:
    def __init__(self, rule):
        self.process = subprocess.Popen([sys.executable, str(SERVICE), "--map", rule], stdout=subprocess.PIPE, text=True)
        self.url = f"http://127.0.0.1:{int(self.process.stdout.readline())}/metadata"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def a_reload_under_traffic_costs_the_others_nothing(binaries):
    """An engine and a route come, one's batch and another's file change, one goes, the metadata source is another."""
    with temporary_directory() as directory, PushService() as push, MetadataService(
            "default=keep,pushed,moved,added") as service:
        paths = {name: pathlib.Path(directory) / f"{name}.json" for name in ("keep", "moved", "moved-to", "leaving", "added")}
        pushed = f'<http name="pushed" url="{push.url}"><batch %s/></http>'
        first = (file("keep", paths["keep"]) + file("moved", paths["moved"]) + file("leaving", paths["leaving"])
                 + pushed % 'size="500" max-wait="20ms"')
        then = (file("keep", paths["keep"]) + file("moved", paths["moved-to"]) + file("added", paths["added"])
                + pushed % 'size="50" max-wait="5ms"')
        with APIDaemon(binaries, directory, first, default="keep pushed moved leaving").start() as daemon:
            # Registered before the first trap is sent: it starts with the next.
            registered = daemon.register("registered", throttle={"outstanding": 4})
            with Blast(binaries, daemon) as blast, Polling(registered) as engine:
                blast.until(COUNT // 5)
                text = daemon.configuration.read_text().replace(first, then)
                start, end = text.index("<rules"), text.index("</rules>") + len("</rules>")
                text = text[:start] + f'<http name="service" url="{service.url}"/>' + text[end:]
                text = text.replace('metadata="routes"', 'metadata="service"')
                daemon.configuration.write_text(text)
                daemon.hang_up()
                blast.until(COUNT * 2 // 5)
                daemon.hang_up()  # nothing differs: files are re-opened, and that is all
                blast.until(COUNT * 3 // 5)
                daemon.configuration.write_text(text.replace('size="50"', 'size="200"'))
                daemon.hang_up()
                blast.end()
                values = daemon.settled()
                wait_until(lambda: len(engine.traps()) == COUNT, "all at the registered engine")
            assert values["Missed"] == 0 == values["Unrouted"] and values["KernelDrops"] == 0, values
            lines = {name: daemon.lines(path) for name, path in paths.items()}
            for name, got in (("keep", lines["keep"]), ("moved", lines["moved"] + lines["moved-to"]),
                              ("pushed", push.traps()), ("registered", engine.traps())):
                each_once_in_order(name, got)
            assert lines["moved"] and lines["moved-to"], "one before, one after"
            left, came = (each_once_in_order(name, lines[name], None) for name in ("leaving", "added"))
            assert len(left) + len(came) == COUNT and not left & came, "each trap went by the old routes or by the new"
            daemon.tool("verify", str(paths["keep"]), "--expect", str(COUNT))
            assert "leaving" not in daemon.api.engines()
            sizes = [int(headers["Trapline-Count"]) for _, headers in push.requests]
            return (f"{COUNT} traps at {RATE}/s; leaving took {len(left)}, added {len(came)}; pushed in {len(sizes)} "
                    f"batches; held for the new metadata source and lost: 0")


def cut_once(before, after, moves):
    """Of each source that moves, the first traps are in `before` and the rest in `after`, with nothing lost, twice or out of
    order between; of the others all are in `before`. How many moved."""
    numbers = [{}, {}]
    for found, lines in zip(numbers, (before, after)):
        for line in lines:
            found.setdefault(line["source"], []).append(value(line, PER_SOURCE))
    old, new = numbers
    assert len(set(old) | set(new)) == SOURCES
    for source in set(old) | set(new):
        whole = old.get(source, []) + new.get(source, [])
        assert whole == list(range(1, COUNT // SOURCES + 1)), (source, whole)
        assert moves(source) or source not in new, (source, "did not move")
    return sum(map(len, new.values()))


def is_upper(source):
    return int(source.rsplit(".", 1)[1]) >= 64


def a_route_changed_inside_one_source_moves_its_traps_alone(binaries):
    """Of the rules one route leads elsewhere: its sources' traps go there from one trap on, and the others' stay."""
    with temporary_directory() as directory:
        paths = {name: pathlib.Path(directory) / f"{name}.json" for name in ("keep", "first", "second")}
        engines = "".join(file(name, path) for name, path in paths.items())
        rules = ('<rules name="routes"><route source="127.1.0.64/26" engines="keep first"/>'
                 '<default engines="keep first"/></rules>')
        with APIDaemon(binaries, directory, engines, rules=rules).start() as daemon:
            with Blast(binaries, daemon) as blast:
                blast.until(COUNT // 3)
                text = daemon.configuration.read_text()
                changed = text.replace('/26" engines="keep first"', '/26" engines="keep second"')
                assert changed != text
                daemon.configuration.write_text(changed)
                daemon.hang_up()
                blast.end()
            values = daemon.settled()
            assert values["Missed"] == 0 == values["Unrouted"] and values["KernelDrops"] == 0, values
            each_once_in_order("keep", daemon.lines(paths["keep"]))
            moved = cut_once(daemon.lines(paths["first"]), daemon.lines(paths["second"]), is_upper)
            assert moved, "no trap took the new route"
            return f"{moved} of {COUNT} by the new route"


def a_metadata_source_changed_under_its_name_takes_over_between_two_traps(binaries):
    """The same name, another service: what the former said is not used once the new one is asked, and nothing is lost."""
    with temporary_directory() as directory, MetadataService("default=keep,first") as former, MetadataService(
            "default=keep,second") as latter:
        paths = {name: pathlib.Path(directory) / f"{name}.json" for name in ("keep", "first", "second")}
        engines = "".join(file(name, path) for name, path in paths.items())
        source = f'<http name="routes" url="{former.url}"/>'
        with APIDaemon(binaries, directory, engines, rules=source).start() as daemon:
            with Blast(binaries, daemon) as blast:
                blast.until(COUNT // 3)
                text = daemon.configuration.read_text()
                daemon.configuration.write_text(text.replace(former.url, latter.url))
                daemon.hang_up()
                blast.end()
            values = daemon.settled()
            assert values["Missed"] == 0 == values["Unrouted"] and values["KernelDrops"] == 0, values
            each_once_in_order("keep", daemon.lines(paths["keep"]))
            moved = cut_once(daemon.lines(paths["first"]), daemon.lines(paths["second"]), lambda _: True)
            assert moved, "the new service was not asked"
            return f"{moved} of {COUNT} by the new service"


def a_refused_reload_changes_nothing_and_says_why(binaries):
    with temporary_directory() as directory:
        keep = pathlib.Path(directory) / "keep.json"
        engines = file("keep", keep)
        with APIDaemon(binaries, directory, engines, default="keep").start() as daemon:
            engine = daemon.register("late")
            good = daemon.configuration.read_text()
            views = {name: view["kind"] for name, view in daemon.api.engines().items()}
            more = '<discard name="more"/></engines>'
            refusals = {
                "takes effect with a restart": good.replace("<agent", '<memory limit="600MiB"/><agent').replace("</engines>", more),
                "/missing/": good.replace("</engines>", file("lost", f"{directory}/missing/x.json") + more),
                "registered at run time": good.replace("</engines>", '<discard name="late"/>' + more),
                "<engins>": good.replace("</engines>", more).replace("<metadata>", "<engins/><metadata>"),
                "trapline.xml:": good[: len(good) // 2],
            }
            with Blast(binaries, daemon) as blast, Polling(engine):
                blast.until(1)
                for text, configuration in refusals.items():
                    daemon.configuration.write_text(configuration)
                    before = daemon.log()
                    daemon.hang_up("not reloaded: ")
                    said = daemon.log()[len(before):]
                    assert text.strip("<>") in said and "reloaded: engines" not in said, (text, said)
                    assert {name: view["kind"] for name, view in daemon.api.engines().items()} == views, text
                daemon.configuration.write_text(good.replace("</engines>", more))
                daemon.hang_up()
                assert "more" in daemon.api.engines(), "a good file is taken after all these"
                blast.end()
                values = daemon.settled()
                wait_until(lambda: len(engine.traps()) == COUNT, "all at the registered engine")
            assert values["Missed"] == 0 == values["KernelDrops"], values
            each_once_in_order("keep", daemon.lines(keep))
            each_once_in_order("late", engine.traps())
            return f"{len(refusals)} refusals"
