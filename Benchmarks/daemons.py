"""traplined as a receiver of Benchmarks/run, with one engine of each kind that is compared."""

import time

import sequences
from figures import GENERATOR, PATIENCE, Daemon, Sink, cpu_seconds, socket_account
from receivers import Receiver

RULES = '<rules name="keys"><default engines="out"/></rules>'
PUSH = """<http name="out" url="{url}" format="raw">
  <batch size="2000" max-bytes="4MiB" max-wait="50ms"/><throttle outstanding="4" max-bytes="32MiB"/>
</http>"""
QUEUES = ("batchQueueOctets", "holdingOctets", "eventQueueOctets")
MOVING = ("undecided", "waiting", "held", "queued", "inFlight")


class Traplined(Receiver):
    """The ledger is read from its file, which costs the daemon nothing."""

    daemon = None

    @classmethod
    def prepare(cls, _):
        pass

    def start(self):
        self.daemon = Daemon(self.engine(), RULES)
        self.port = self.daemon.port

    def collect(self):
        gauges = self.daemon.ledger()["gauges"]
        self.rest()
        cpu = cpu_seconds(self.daemon.process.pid) - self.daemon.idle
        closed = self.daemon.stop()
        totals, engine = closed["totals"], closed["engines"][0]
        causes = {f"{place} {cause}": count for place in ("refused", "unrouted", "missed")
                  for cause, count in closed[place].items() if count}
        return {"delivered": totals["delivered"], "last": engine["lastAcknowledged"], "cpu": cpu, "causes": causes,
                "accounted": totals["refused"] + totals["unrouted"] + totals["missed"],
                "queued": sum(gauges[name] for name in QUEUES), "far_end": self.far_end(), "written": self.written()}

    def rest(self):
        """Waits until nothing is on its way any more."""
        former, deadline = None, time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            totals = self.daemon.ledger()["totals"]
            if totals == former and not any(totals[name] for name in MOVING) and socket_account(self.port)[0] == 0:
                return
            former = totals
            time.sleep(0.05)
        raise SystemExit(f"gave up waiting for {self.title} to come to rest: {former}")

    def far_end(self):
        return None

    def written(self):
        return None

    def __exit__(self, *_):
        if self.daemon:
            self.daemon.__exit__()
        super().__exit__()


class Discard(Traplined):
    name, title = "discard", "traplined, discard"

    def engine(self):
        return '<discard name="out"/>'


class RawPush(Traplined):
    name, title = "raw-http", "traplined, raw batches over HTTP"
    tells = "its sink's count, no sequence numbers"
    sink = None

    def engine(self):
        self.sink = Sink(GENERATOR)
        return PUSH.format(url=self.sink.url)

    def far_end(self):
        return self.sink.stop()["traps"]

    def __exit__(self, *_):
        super().__exit__()
        if self.sink:
            self.sink.__exit__()


class RawFile(Traplined):
    name, title = "raw-file", "traplined, raw records in a file"
    tells = "its file"

    def engine(self):
        return f'<file name="out" path="{self.place}/out" format="raw"/>'

    def written(self):
        return sequences.of_raw(self.place / "out")


class JSONFile(Traplined):
    name, title = "json-file", "traplined, JSON lines in a file"
    tells = "its file"

    def engine(self):
        return f'<file name="out" path="{self.place}/out" format="json"/>'

    def written(self):
        return self.place / "out"
