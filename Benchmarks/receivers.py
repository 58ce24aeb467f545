"""The receivers that Benchmarks/run compares: each is started afresh for a sending, and tells afterwards what it has.

`collect()` gives: delivered; last, when (ns since 1970); cpu, in seconds until there was nothing left to do; accounted,
the traps lost under a cause (by the ledger, or dropped by the kernel where there is no ledger); queued, the octets in the
daemon's queues just after the last send; far_end, what a sink counted; written, the file of JSON lines or such lines, for `trapline verify`."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import sequences
from figures import DAEMON, HERE, PATIENCE, compiled, cpu_seconds, ended, free_port, pinned, socket_account, wait_until

BUFFER = 8 << 20  # asked for by the floor and by traplined; the peers take the system's default
GO = {"GO111MODULE": "off", "CGO_ENABLED": "0", "GOPATH": "/usr/share/gocode"}  # Debian's golang-*-dev packages
GOSNMP = "src/github.com/gosnmp/gosnmp"
STILL = 0.001  # CPU seconds within a pause that count as having nothing to do


def at_rest(pid, port):
    """The CPU seconds of a process once its socket is empty and it has nothing to do any more."""
    former, deadline = -1.0, time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        now = cpu_seconds(pid)
        if now - former < STILL and socket_account(port)[0] == 0:
            return now
        former = now
        time.sleep(0.15)
    raise SystemExit(f"gave up waiting for process {pid} to come to rest")


class Receiver:
    name = title = ""
    needs = None  # what is missing where it cannot run
    tells = "no sequence numbers"  # what the far end has to compare with

    def __init__(self):
        self.directory = tempfile.TemporaryDirectory(prefix="trapline-")
        self.place = pathlib.Path(self.directory.name)
        self.process = None

    def started(self, command, is_ready, environment=None):
        self.port, self.log = free_port(), self.place / "log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(pinned(DAEMON, *command(self.port)), stdin=subprocess.DEVNULL,
                                            stdout=subprocess.PIPE, stderr=log, text=True,
                                            env={**os.environ, **(environment or {})})
        wait_until(lambda: self.process.poll() is not None or is_ready(), f"{self.title} to be ready")
        if self.process.poll() is not None:
            raise SystemExit(f"{self.title} did not start:\n{self.log.read_text()}")
        self.idle = cpu_seconds(self.process.pid)

    def end(self):
        """What it prints at its end."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=PATIENCE)[0]

    def collect(self):
        cpu = at_rest(self.process.pid, self.port) - self.idle
        drops = socket_account(self.port)[1]
        delivered, last, written = self.taken(self.end())
        return {"delivered": delivered, "last": last, "cpu": cpu, "accounted": drops, "queued": None, "far_end": None,
                "written": written, "causes": {"kernel": drops} if drops else {}}

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process:
            ended(self.process)
        self.directory.cleanup()


class Floor(Receiver):
    name, title = "floor", "recvmmsg loop that discards"

    @classmethod
    def prepare(cls, place):
        cls.program = compiled("sink", place)

    def start(self):
        self.started(lambda port: [self.program, port, BUFFER], lambda: "ready" in self.log.read_text())

    def taken(self, printed):
        report = json.loads(printed)
        return report["received"], report["last_ns"], None


class Gosnmp(Receiver):
    output = None

    @classmethod
    def prepare(cls, place):
        go = shutil.which("go")
        if not go or not pathlib.Path(GO["GOPATH"], GOSNMP).is_dir():
            cls.needs = "go or gosnmp is missing (apt-get install golang-go golang-github-gosnmp-gosnmp-dev)"
            return
        program = pathlib.Path(place) / "gosnmp"
        if not program.exists():
            with tempfile.TemporaryDirectory(prefix="trapline-") as cache:
                subprocess.run([go, "build", "-o", program, HERE / "gosnmp/main.go"], check=True, timeout=5 * PATIENCE,
                               env={**os.environ, **GO, "GOCACHE": cache})
        cls.program = program

    def start(self):
        path = [self.place / self.output] if self.output else []
        self.started(lambda port: [self.program, f"127.0.0.1:{port}", *path], lambda: "ready" in self.log.read_text())

    def taken(self, printed):
        report = json.loads(printed)
        return report["received"], report["last_ns"], self.place / self.output if self.output else None


class GosnmpCount(Gosnmp):
    name, title = "gosnmp-count", "gosnmp, counting"


class GosnmpJSON(Gosnmp):
    name, title, output = "gosnmp-json", "gosnmp, JSON lines in a file", "out.json"
    tells = "its file"


class Snmptrapd(Receiver):
    name, title = "snmptrapd", "snmptrapd, log file"
    tells = "its log"

    @classmethod
    def prepare(cls, _):
        cls.program = shutil.which("snmptrapd") or shutil.which("/usr/sbin/snmptrapd")
        if not cls.program:
            cls.needs = "snmptrapd is missing (apt-get install snmptrapd)"

    def start(self):
        settings, self.output = self.place / "bench.conf", self.place / "traps"
        settings.write_text("disableAuthorization yes\n")
        self.started(
            lambda port: [self.program, "-f", "-n", "-On", "-C", "-c", settings, "-Lf", self.output, f"udp:127.0.0.1:{port}"],
            lambda: self.output.exists() and "NET-SNMP" in self.output.read_text(),
            {"SNMPCONFPATH": str(self.place), "SNMP_PERSISTENT_DIR": str(self.place), "MIBS": ""})

    def taken(self, _):
        lines = sequences.of_log(self.output)
        return len(lines), self.last_written, lines

    def end(self):
        self.last_written = self.output.stat().st_mtime_ns  # before it logs that it stops
        return super().end()
