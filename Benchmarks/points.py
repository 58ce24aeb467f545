"""One point of a curve: a daemon configured as the point says, what one trap costs it, and what it costs the floor."""

import dataclasses
import json
import pathlib
import signal
import subprocess
import tempfile
import time

from figures import BINARIES, DAEMON, GENERATOR, PATIENCE, Daemon, cpu_seconds, free_port, pinned, resident, wait_until

TRAP = "1.3.6.1.4.1.8072.9999.9999.162.99.0.1"  # what the generator's traps are
NEIGHBOUR = "1.3.6.1.4.1.8072.9999.9999.162.98"  # no trap is below it: it parts from them at the last but two
BUFFER = 8 << 20  # of the socket, octets: the daemon's and the floor's
BUSY = 0.5  # the share of its CPU that a probed point may take
EVICTING = 200_000  # new sources that fill what the shipped limits give room for, and some more
REST = 2.0  # seconds over which is measured what a daemon takes at rest
DISCARD = '<discard name="out"/>'
JSON = '<file name="out" path="{place}/out.json" format="json" rotate-size="64MiB" rotate-keep="1"/>'


@dataclasses.dataclass(frozen=True)
class Point:
    """What stands at x of a series, and what is sent there."""

    curve: str
    series: str
    x: int
    engines: str = DISCARD
    rules: str = '<default engines="out"/>'
    wanted: int = 1  # engines that each trap is delivered to
    sources: int = 100
    varbinds: int = 7
    lanes: int = 1
    has_room: bool = False  # tables and cache for a million sources, in place of the shipped limits
    is_probed: bool = False  # paced as fast as half a CPU takes, where that is less than the pace
    tells_first: bool = False  # what the first trap of a source costs is measured too

    @property
    def key(self):
        return self.curve, self.series, self.x

    @property
    def datagrams(self):
        return {"sources": self.sources, "varbinds": self.varbinds}

    def configuration(self, place, port):
        memory, table, cache = ("4GiB", '<sources limit="256MiB"/>', '<cache limit="1GiB"/>') if self.has_room else (
            "512MiB", "", "")
        return f"""<trapline xmlns="urn:trapline:daemon:1">
  <daemon name="bench"><memory limit="{memory}"/><state directory="{place}/state"/>{table}<stop drain="0s"/></daemon>
  <listeners>
    <listener name="main" address="udp:127.0.0.1:{port}" receive-buffer="8MiB" lanes="{self.lanes}" metadata="keys"
      accept="all"/>
  </listeners>
  <metadata><rules name="keys">{self.rules}</rules>{cache}</metadata>
  <engines>{self.engines.format(place=place)}</engines>
</trapline>
"""


# The rules and engines that points have


def engine_names(count):
    return [f"engine{number}" for number in range(count)]


def discards(names):
    return "".join(f'<discard name="{name}"/>' for name in names)


def rules_for_one(names, sources):
    """A rule per source; neighbours are of different engines."""
    return "".join(f'<route source="127.1.0.{number + 1}/32" engines="{names[number % len(names)]}"/>'
                   for number in range(sources)) + f'<default engines="{names[0]}"/>'


def routes_by_source(count):
    others = (f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}/32" for number in range(count - 1))
    return "".join(f'<route source="{block}" engines="other"/>' for block in others) + (
        '<route source="127.0.0.0/8" engines="out"/>')


def routes_by_trap(count):
    """To another engine than the last one's: rules that all lead to one place are not looked at."""
    return "".join(f'<route trap="{NEIGHBOUR}.{number}" engines="other"/>' for number in range(count - 1)) + (
        f'<route trap="{TRAP}" engines="out"/>')


# The daemon's side


class Receiver(Daemon):
    """The daemon of one point."""

    def __init__(self, point, idle=None):
        self.directory = tempfile.TemporaryDirectory(prefix="trapline-")
        place = pathlib.Path(self.directory.name)
        self.point, self.state, self.port, self.log = point, place / "state", free_port(), place / "log"
        # The table of sources is told of new ones once a second at the latest.
        self.window = 1.0 if point.sources > 1000 else 0.25
        (place / "trapline.xml").write_text(point.configuration(place, self.port))
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                pinned(DAEMON, BINARIES / "traplined", "--config", place / "trapline.xml"),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log)
        try:
            wait_until(lambda: self.process.poll() is not None or "ready" in self.log.read_text(),
                       "traplined to be ready")
            if self.process.poll() is not None:
                raise SystemExit(f"curves: traplined did not start for {point.key}:\n{self.log.read_text()}")
        except BaseException:
            self.__exit__()
            raise
        self.sent = 0
        self.idle = idle or self.at_rest()

    def pass_through(self, count, rate, sources=None):
        """Sends, and waits until all is delivered, or nothing moves any more; what the generator reports, with `cpu`:
        the seconds that it cost beside what the daemon takes at rest."""
        before, begun = self.quiet(), time.monotonic()
        report = blast(self.port, count, rate, {**self.point.datagrams, **({"sources": sources} if sources else {})})
        self.sent += count
        self.wait_for_all()
        return {**report, "cpu": self.quiet() - before - self.idle * (time.monotonic() - begun)}

    def at_rest(self):
        """The CPU seconds that it takes in a second without any traps."""
        before, begun = self.quiet(), time.monotonic()
        time.sleep(REST)
        return (cpu_seconds(self.process.pid) - before) / (time.monotonic() - begun)

    def quiet(self):
        """Its CPU seconds once it has nothing to do any more."""
        deadline, former = time.monotonic() + PATIENCE, cpu_seconds(self.process.pid)
        while time.monotonic() < deadline:
            time.sleep(self.window)
            now = cpu_seconds(self.process.pid)
            if now - former < 0.001 + 0.004 * self.window:
                return now
            former = now
        raise SystemExit(f"curves: the daemon of {self.point.key} does not come to rest")

    def wait_for_all(self):
        former, stood = None, time.monotonic()
        while time.monotonic() - stood < 2:
            totals = self.ledger()["totals"]
            if totals["delivered"] >= self.sent * self.point.wanted:
                return
            if totals != former:
                former, stood = totals, time.monotonic()
            time.sleep(0.1)

    def losses(self):
        """Stops it; what was lost of all that was sent, by the ledger's cause."""
        closed = self.stop()
        causes = {}
        for table in ("refused", "unrouted", "missed"):
            causes.update({cause: count for cause, count in closed[table].items() if count})
        if (unseen := self.sent - closed["totals"]["arrived"]) != 0:
            causes["unaccounted for"] = unseen
        if not causes and closed["totals"]["delivered"] != self.sent * self.point.wanted:
            raise SystemExit(f"curves: {self.point.key}: {json.dumps(closed['totals'])} is not {self.point.wanted} "
                             f"deliveries of each of {self.sent} traps")
        return causes


def blast(port, count, rate, datagrams):
    """The generator's report; everything it sends is on the loopback interface."""
    options = [word for name, value in datagrams.items() for word in (f"--{name}", value)]
    command = [BINARIES / "trapline", "blast", f"127.0.0.1:{port}", "--count", count, "--rate", f"{rate}/s",
               "--no-verdict", "--json", *options]
    done = subprocess.run(pinned(GENERATOR, *command), capture_output=True, text=True,
                          timeout=PATIENCE + 2 * count / rate)
    if done.returncode != 0:
        raise SystemExit(f"curves: trapline blast failed:\n{done.stderr}")
    return json.loads(done.stdout)


def probed(daemon, pace):
    """The traps a second that take half a CPU, in two digits, and no more than the pace. Few traps first: with many
    rules each may take long."""
    for count in (50, 2000):
        cost = max(daemon.pass_through(count, pace)["cpu"], 1e-9) / count
        if cost > 100e-6:
            break
    rate = BUSY / cost
    digits = 10 ** max(0, len(str(int(rate))) - 2)
    return int(min(pace, max(1, rate // digits * digits)))


def measured(point, count, pace, known):
    """One daemon, first warm, then measured. `known`: its `rate` and its CPU at rest, `idle`, of a former round."""
    with Receiver(point, known.get("idle")) as daemon:
        row = {"idle": daemon.idle}
        if point.tells_first and point.sources > 1:
            daemon.pass_through(1, pace, sources=1)
            new = point.sources if point.has_room else min(point.sources, EVICTING)
            row["first"] = daemon.pass_through(new, pace)["cpu"] / new * 1e6
        rate = known.get("rate") or (probed(daemon, pace) if point.is_probed else pace)
        traps = max(30, min(count, 2 * rate))
        if point.sources < traps:
            daemon.pass_through(max(1, traps // 10), rate)
        report = daemon.pass_through(traps, rate)
        row |= {"rate": rate, "traps": traps, "offered": report["rate"], "octets": report["octets"] / traps,
                "cost": report["cpu"] / traps * 1e6, "resident": resident(daemon.process.pid)}
        row["causes"] = daemon.losses()
        row["lost"] = sum(row["causes"].values())
    return row


# The floor's side


def floor(program, traps, rate, datagrams):
    """The CPU of Benchmarks/sink.c for each of the same datagrams, in microseconds."""
    port = free_port()
    command = pinned(DAEMON, program, port, BUFFER)
    sink = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        if sink.stderr.readline().strip() != "ready":
            raise SystemExit("curves: Benchmarks/sink.c did not start")
        blast(port, max(1, traps // 10), rate, datagrams)
        time.sleep(0.2)
        before = cpu_seconds(sink.pid)
        blast(port, traps, rate, datagrams)
        time.sleep(0.2)
        cost = (cpu_seconds(sink.pid) - before) / traps * 1e6
        sink.send_signal(signal.SIGTERM)
        counted = json.loads(sink.communicate(timeout=PATIENCE)[0])
    finally:
        if sink.poll() is None:
            sink.kill()
            sink.wait()
    sent = traps + max(1, traps // 10)
    return {"cost": cost, "lost": sent - counted["received"], "traps": traps, "rate": rate}
