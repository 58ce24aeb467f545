"""The documented engines as they are written, and the tool's commands that speak with the API."""

import json
import pathlib
import re
import signal
import subprocess
import sys

from api_daemon import APIDaemon, numbers
from daemon import PATIENCE, ROOT, temporary_directory, wait_until
from metadata_daemon import MetadataDaemon, MetadataService
from own_network import in_own_network, possible
from pull_engine import PullEngine
from push_service import PushService
from scenarios import Skip
from traps import COLD_START, LINK_DOWN, LINK_UP, Sender, number, trap

ENGINES = ROOT / "Documentation" / "Engines.md"
PYTHON = ROOT / "Tests" / "Acceptance" / "engine_python.py"


def block(kind, first):
    """The block of Engines.md that begins so, as it is written."""
    blocks = re.findall(rf"^```{kind}\n(.*?)^```", ENGINES.read_text(), re.M | re.S)
    return next(text for text in blocks if text.startswith(first))


class Running:
    """A program whose output goes to a file."""

    def __init__(self, directory, *command, **options):
        self.output = pathlib.Path(directory) / f"output.{pathlib.Path(command[0]).name}.{id(self)}"
        with open(self.output, "wb") as output:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output,
                                            stderr=subprocess.STDOUT, **options)

    def text(self):
        return self.output.read_text()

    def lines(self, count):
        wait_until(lambda: self.text().count("\n") >= count, f"{count} lines of {self.text()!r}")
        return self.text().split("\n")[:-1]

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)


def the_documented_engine_in_python_works(binaries):
    """Killed with a batch in flight and started again it loses nothing; ended, it takes its registration back."""
    assert block("python", "#!").strip() == PYTHON.read_text().strip(), "Engines.md and engine_python.py differ"
    with temporary_directory() as directory, APIDaemon(binaries, directory).start() as daemon:
        with Running(directory, sys.executable, str(PYTHON), "example", daemon.address) as first:
            wait_until(lambda: "example" in daemon.api.engines(), "the registration")
            daemon.traps(range(3))
            lines = first.lines(3)
            assert [line.split()[1:] for line in lines] == [["127.0.0.1", LINK_DOWN]] * 3, lines
            first.process.send_signal(signal.SIGSTOP)
            daemon.traps(range(3, 6))
            wait_until(lambda: daemon.api.engine("example")["backlog"]["inFlight"], "a batch in flight")
            first.process.kill()
            first.process.wait(PATIENCE)
        # The batch that the killed one has fetched is out until its acknowledgement's time is over: 30 s as written.
        patient = pathlib.Path(directory) / "engine.py"
        patient.write_text(PYTHON.read_text().replace('"ackTimeout": "30s"', '"ackTimeout": "500ms"'))
        with Running(directory, sys.executable, str(patient), "example", daemon.address) as second:
            daemon.traps(range(6, 9))
            sequences = [int(line.split()[0]) for line in lines + second.lines(6)]
            assert sequences == sorted(set(sequences)) and len(sequences) == 9, sequences
            assert second.end(signal.SIGTERM) == 0, second.text()
        assert "example" not in daemon.api.engines()
        assert daemon.settled()["Missed"] == 0


def the_documented_curl_commands_work_as_written(binaries):
    if not possible():
        raise Skip("needs root and a network of its own, for the addresses of the example")

    def run():
        with temporary_directory() as directory, APIDaemon(binaries, directory, address="127.0.0.1:1180").start() as daemon:
            daemon.api.port = 1180
            commands = block("sh", "API=")
            with Running(directory, "bash", "-euc", commands, cwd=directory) as script:
                wait_until(lambda: "by-hand" in daemon.api.engines(), "the registration")
                daemon.traps([1], source="127.0.0.1")
                daemon.traps([2], source="10.1.2.3", what=COLD_START)
                daemon.traps([3], source="192.0.2.7", what="1.3.6.1.4.1.9.9.0.42")
                assert script.process.wait(PATIENCE) == 0, script.text()
                traps = [json.loads(line) for line in re.findall(r'{"sequence".*', script.text())]
                assert numbers(traps) == [2] and traps[0]["source"] == "10.1.2.3", script.text()
                assert "by-hand" not in daemon.api.engines()
            loop = block("sh", "API=http://127.0.0.1:1180/v1/engines/by-hand\ncurl -sSf")
            with Running(directory, "bash", "-euc", loop, cwd=directory, start_new_session=True) as script:
                wait_until(lambda: "by-hand" in daemon.api.engines(), "the registration")
                daemon.traps([4], source="192.0.2.7")
                (line,) = script.lines(1)
                assert line.split()[1:] == ["192.0.2.7", LINK_DOWN], line
                wait_until(lambda: daemon.api.engine("by-hand")["delivered"] == 2, "both acknowledgements")
                # Ends the loop: the next fetch is answered 404, on which `curl -f` fails.
                assert daemon.api.call("DELETE", "/v1/engines/by-hand").status == 204
                script.process.wait(PATIENCE)
            values = daemon.settled()
            assert values["Missed"] == 0, (values, daemon.ledger()["missed"], daemon.log())

    return in_own_network(["10.1.2.3/8", "192.0.2.7/24"], run)


# The tool


def the_tool_and_the_daemon_tell_their_version(binaries):
    told = [subprocess.run([str(binaries / name), "--version"], capture_output=True, text=True, timeout=PATIENCE)
            for name in ("trapline", "traplined")]
    assert all(done.returncode == 0 for done in told) and told[0].stdout == told[1].stdout, told
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", told[0].stdout), told
    return told[0].stdout.strip()


def tail_prints_what_was_asked_for_and_ends_cleanly(binaries):
    with temporary_directory() as directory, APIDaemon(binaries, directory).start() as daemon:
        tool = [str(binaries / "trapline"), "tail", "--api", daemon.url, "source=127.0.0.2/31", "trap=linkDown,linkUp"]
        with Running(directory, *tool, "--json", "--name", "as-json") as as_json, Running(directory, *tool) as plain:
            wait_until(lambda: len(daemon.api.engines()) == 3, "both to register")
            for index, (source, what) in enumerate([("127.0.0.2", LINK_DOWN), ("127.0.0.4", LINK_DOWN),
                                                    ("127.0.0.3", LINK_UP), ("127.0.0.2", COLD_START)]):
                daemon.traps([index], source=source, what=what)
            lines = [json.loads(line) for line in as_json.lines(2)]
            assert numbers(lines) == [0, 2], lines
            lines = plain.lines(2)
            for line, source, name in zip(lines, ("127.0.0.2", "127.0.0.3"), ("linkDown", "linkUp")):
                assert source in line and name in line and "\x1b" not in line, line
            assert as_json.end() == 0 and plain.end() == 0, (as_json.text(), plain.text())
            assert as_json.text().count("\n") == 2 == plain.text().count("\n"), (as_json.text(), plain.text())
        assert list(daemon.api.engines()) == ["archive"]
        with Running(directory, *tool, "--count", "1") as counted:
            wait_until(lambda: len(daemon.api.engines()) == 2, "the registration")
            daemon.traps(range(4, 7), source="127.0.0.2")
            assert counted.process.wait(PATIENCE) == 0 and len(counted.lines(1)) == 1, counted.text()
        assert list(daemon.api.engines()) == ["archive"]
        values = daemon.settled()
        assert values["Missed"] == values["Routed"] - values["Delivered"], values
        done = subprocess.run([str(binaries / "trapline"), "tail", "--api", daemon.url, "sorce=127.0.0.1"],
                              capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 2 and "sorce" in done.stderr, done


def explain_flush_and_engines_say_what_is(binaries):
    rules = """<rules name="routes"><route source="127.0.0.2/32" trap="1.3.6.1.6.3.1.1.5" engines="noc">
      <attribute name="site" value="LHR2"/></route><default engines="archive"/></rules>"""
    with temporary_directory() as directory, APIDaemon(binaries, directory, rules=rules).start() as daemon:
        daemon.register("noc", subscribe=[])
        daemon.register("all", filter=[{"trap": [COLD_START]}])
        daemon.traps([1], source="127.0.0.2")
        daemon.traps([2], source="127.0.0.3")

        def explained(*question):
            (entry,) = json.loads(daemon.tool("explain", "--json", *question))["entries"]
            return entry

        entry = explained("127.0.0.2", "linkDown")
        assert sorted(entry["engines"]) == ["all", "noc"] and entry["attributes"] == {"site": "LHR2"}, entry
        assert entry["state"] == "fresh" and entry["decidedBy"] == 0 and entry["because"], entry
        assert explained("127.0.0.2", "coldStart")["engines"] == ["noc"], "the filter of the other"
        assert sorted(explained("127.0.0.3", LINK_DOWN)["engines"]) == ["all", "archive"]
        text = daemon.tool("explain", "127.0.0.2", "linkDown")
        assert "goes to" in text and "noc" in text and "LHR2" in text and "subscribe" in text, text
        before = json.loads(daemon.tool("metadata", "--json"))["cache"]["entries"]
        daemon.tool("metadata", "flush", "127.0.0.2")
        wait_until(lambda: json.loads(daemon.tool("metadata", "--json"))["cache"]["entries"] == before - 1, "one less")
        assert explained("127.0.0.2", "linkDown")["state"] == "unknown"
        daemon.tool("metadata", "flush")
        wait_until(lambda: json.loads(daemon.tool("metadata", "--json"))["cache"]["entries"] == 0, "none")
        daemon.traps([3], source="127.0.0.2")
        assert explained("127.0.0.2", "linkDown")["state"] == "fresh"
        rows = {engine["name"]: engine for engine in json.loads(daemon.tool("engines", "--json"))}
        assert set(rows) == {"archive", "noc", "all"} and rows["noc"]["routed"] == 2, rows
        text = daemon.tool("engines")
        assert all(name in text for name in rows) and "lease" in text, text
        daemon.tool("engines", "remove", "noc")
        entry = explained("127.0.0.2", "linkDown")
        assert entry["engines"] == ["all"] and "noc is named, not registered" in " ".join(entry["because"]), entry
        text = daemon.tool("explain", "127.0.0.2", "linkDown")
        assert "goes to all" in text and "noc is named, not registered" in text, text
        daemon.tool("engines", "remove", "all")
        assert "no engine gets it" in daemon.tool("explain", "127.0.0.2", "linkDown")
        assert list(daemon.api.engines()) == ["archive"]
        assert "archive" in daemon.tool("status", "--state", str(daemon.state))
        daemon.settled()


def explain_decides_nothing_before_metadata_has_answered(binaries):
    """While nothing is known, and while a service is being asked, it is not decided yet; who subscribes is told."""
    with temporary_directory() as directory, MetadataService("default=archive", "--mode", "silent") as service:
        with MetadataDaemon(binaries, directory, service.xml, '<discard name="archive"/>').start() as daemon:
            PullEngine(daemon.api, "noc", subscribe=[{"trap": ["1.3.6.1.6.3.1.1.5"]}])

            def explained():
                return daemon.tool("explain", "127.0.0.1", "linkDown", "--api", f"http://127.0.0.1:{daemon.api_port}")

            text = explained()
            assert "unknown" in text and "not decided yet; unless it is refused, it goes to noc" in text, text
            assert daemon.tool("explain", "127.0.0.1", "coldStart", "--api", f"http://127.0.0.1:{daemon.api_port}")
            with Sender(daemon.port) as sender:
                sender.send(trap(1))
                wait_until(lambda: "asking" in explained(), "the service to be asked")
                text = explained()
                assert "not decided yet; unless it is refused, it goes to noc" in text and "no engine" not in text, text
                service.mode("ok")
                wait_until(lambda: "goes to archive, noc" in explained(), "the answer")


def status_shows_the_pace_that_was_learned(binaries):
    """An engine that asks for time is given less: `status` shows its pace and its bound beside one that has none."""
    with temporary_directory() as directory, PushService() as push:
        engines = ('<discard name="archive"/>'
                   f'<http name="pushed" url="{push.url}"><batch size="10" max-wait="10ms"/></http>')
        with APIDaemon(binaries, directory, engines, default="archive pushed").start() as daemon:
            daemon.traps(range(50))
            wait_until(lambda: len(push.traps()) == 50, "the first fifty")
            push.mode, push.retry_after = 429, 1
            daemon.traps(range(50, 100))
            wait_until(lambda: push.answers.get(429), "the service to be asked while it wants to be left alone")
            push.mode = "ok"
            wait_until(lambda: len(push.traps()) == 100, "the rest")
            limit = wait_until(lambda: daemon.api.engine("pushed")["pace"].get("limit"), "a bound of the pace")
            text = daemon.tool("status", "--state", str(daemon.state))
            table = [line for line in text.split("\n") if line.split()[:1] in (["engine"], ["archive"], ["pushed"])]
            titles, *rows = table
            assert "pace" in titles and "credits" in titles, text
            rows = {row.split()[0]: row for row in rows}
            assert re.search(r"[\d,.]+/s of [\d,.]+/s", rows["pushed"]), text
            assert re.search(r"[\d,.]+/s", rows["archive"]) and "/s of " not in rows["archive"], text
            daemon.settled()
            return f"at most {limit:.0f}/s"
