"""A traplined with an API, and what the scenarios of engines ask of it."""

import json
import subprocess
import threading

from daemon import PATIENCE, Daemon, balanced, free_port, wait_until
from pull_engine import API, PullEngine
from traps import Sender, number, trap

DISCARD = '<discard name="archive"/>'
QUICK = {"batch": {"maxWait": "10ms"}}


class APIDaemon(Daemon):
    """`rules` is what the metadata source named `routes` is, `listeners` the XML of further ones."""

    def __init__(self, binaries, directory, engines=DISCARD, *, api="", address=None, listeners="", rules=None, more="",
                 **rest):
        self.api_port = free_port()
        self.address = address or f"127.0.0.1:{self.api_port}"
        self.listeners_xml, self.rules = listeners, rules
        self.api = API(self.api_port)
        self.sent = 0
        super().__init__(binaries, directory, engines, daemon=f'{more}<api address="{self.address}">{api}</api>', **rest)
        self.sender = Sender(self.port)

    def write(self, engines):
        super().write(engines)
        text = self.configuration.read_text()
        if self.rules is not None:
            first, last = text.index("<rules"), text.index("</rules>") + len("</rules>")
            text = text[:first] + self.rules + text[last:]
        self.configuration.write_text(text.replace("</listeners>", self.listeners_xml + "</listeners>"))

    def __exit__(self, *rest):
        self.sender.close()
        super().__exit__(*rest)

    def register(self, name, **registration):
        return PullEngine(self.api, name, **{**QUICK, **registration})

    def traps(self, numbers, source="127.0.0.1", **what):
        """Sends one trap for each number, and returns when all have arrived."""
        for index in numbers:
            self.sender.send(trap(index, **what), source)
            self.sent += 1
        wait_until(lambda: self.get("traplineArrived") >= self.sent, f"{self.sent} traps to arrive")

    def settled(self):
        """All that was sent has arrived and nothing is under way; the ledger balances."""
        values = self.at_rest(self.sent)
        balanced(values)
        assert values["Arrived"] == self.sent, (values, self.sent)
        return values

    def tool(self, *arguments, code=0, **options):
        done = subprocess.run(
            [str(self.binaries / "trapline"), *arguments], env={**self.tool_environment(), "TRAPLINE_API": self.url},
            capture_output=True, text=True, timeout=PATIENCE, **options)
        assert done.returncode == code, done
        return done.stdout

    @property
    def url(self):
        return self.address if self.address.startswith("unix:") else f"http://{self.address}"

    def ledger(self):
        return json.loads(self.tool("status", "--state", str(self.state), "--json"))["ledger"]

    def hang_up(self, expect="files re-opened"):
        """Reloads, and returns when the log has told how it went."""
        before = self.log().count(expect)
        self.signal(1)
        wait_until(lambda: self.log().count(expect) > before, f"{expect!r} in the log")


class Polling:
    """An engine at work in a thread of its own, until the end of the block."""

    def __init__(self, engine):
        self.engine, self.stopping, self.failure = engine, threading.Event(), None
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        try:
            while not self.stopping.is_set():
                batch = self.engine.take("200ms")
                if batch:
                    assert self.engine.acknowledge(batch).status == 204
                    self.engine.delivered += batch.lines()
        except Exception as failure:
            self.failure = failure

    def __enter__(self):
        self.thread.start()
        return self.engine

    def __exit__(self, kind, *_):
        self.stopping.set()
        self.thread.join(PATIENCE)
        if self.failure and not kind:
            raise self.failure


def numbers(lines):
    return [number(line) for line in lines if "missed" not in line]


