"""What the benchmarks in Python share: programs on a CPU of their own, a daemon with its ledger, a full-speed sending."""

import json
import os
import pathlib
import select
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
BINARIES = pathlib.Path(os.environ.get("TRAPLINE_BIN", HERE.parent / ".build/release")).resolve()
PATIENCE = 60.0  # seconds that anything may take before a benchmark gives up
CPUS = os.cpu_count() or 1
GENERATOR, DAEMON = 0, min(1, CPUS - 1)


def pinned(cpu, *command):
    return [*(["taskset", "-c", str(cpu)] if CPUS > 1 and shutil.which("taskset") else []), *map(str, command)]


def wait_until(condition, what, pause=0.02):
    deadline = time.monotonic() + PATIENCE
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise SystemExit(f"gave up waiting for {what}")
        time.sleep(pause)
    return value


def free_port(kind=socket.SOCK_DGRAM):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def spread(values, form="{:.3f}"):
    """The median of the rounds, and between what they lie."""
    low, middle, high = (form.format(value) for value in (min(values), statistics.median(values), max(values)))
    return f"{middle} ({low} to {high})"


def socket_account(port):
    """What the kernel says of the UDP sockets bound to a port: octets that wait in them, datagrams that found no room."""
    waiting = drops = 0
    for line in pathlib.Path("/proc/net/udp").read_text().splitlines()[1:]:
        fields = line.split()
        if int(fields[1].rpartition(":")[2], 16) == port:
            waiting, drops = waiting + int(fields[4].rpartition(":")[2], 16), drops + int(fields[-1])
    return waiting, drops


def blast(port, count, *options, cpu=GENERATOR):
    """Sends at full speed unless told otherwise; the generator's report."""
    command = [BINARIES / "trapline", "blast", f"127.0.0.1:{port}", "--count", count, "--no-verdict", "--json"]
    rate = [] if "--rate" in options else ["--rate", "full"]
    try:
        done = subprocess.run(pinned(cpu, *command, *rate, *options), capture_output=True,
                              text=True, timeout=10 * PATIENCE)
    except subprocess.TimeoutExpired as late:
        raise SystemExit(f"gave up waiting for trapline blast to send {count} traps") from late
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def ended(process):
    """Ends a program that a benchmark started, where it has not ended by itself."""
    if process.poll() is None:
        process.kill()
        process.wait(timeout=PATIENCE)


def cpu_seconds(pid):
    """What all threads of a process have used, to the nanosecond where the scheduler keeps account."""
    tasks = list(pathlib.Path(f"/proc/{pid}/task").iterdir())
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def compiled(name, directory, *libraries):
    """Benchmarks/NAME.c as a program in the directory."""
    program = pathlib.Path(directory) / name
    compiler = shutil.which("clang") or "cc"
    subprocess.run([compiler, "-O2", "-o", program, HERE / f"{name}.c", *libraries], check=True)
    return program


def resident(pid):
    """Octets."""
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in text.splitlines() if line.startswith("VmRSS")).split()[1]) * 1024


def settled(pid):
    """The CPU seconds of a process once it has nothing to do any more."""
    former, now = -1, cpu_seconds(pid)
    while now - former > 0.002:
        time.sleep(0.25)
        former, now = now, cpu_seconds(pid)
    return now


class Sink:
    """Benchmarks/httpsink.c: takes every POST and looks at nothing but its header."""

    program = None

    def __init__(self, cpu):
        self.process = subprocess.Popen(pinned(cpu, Sink.built(), 0), stdout=subprocess.PIPE, text=True)
        if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
            ended(self.process)
            raise SystemExit("gave up waiting for httpsink to be ready")
        self.port = int(self.process.stdout.readline().split()[1])
        self.url = f"http://127.0.0.1:{self.port}/"

    @classmethod
    def built(cls):
        if cls.program is None:
            cls.directory = tempfile.TemporaryDirectory(prefix="trapline-")
            cls.program = compiled("httpsink", cls.directory.name)
        return cls.program

    def stop(self):
        """What it counted."""
        self.process.send_signal(signal.SIGTERM)
        return json.loads(self.process.communicate(timeout=PATIENCE)[0])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        ended(self.process)


class Daemon:
    """A traplined with engines and metadata as XML; the ledger is read from its file, so reading costs it nothing."""

    def __init__(self, engines, metadata, cpu=DAEMON, memory="2GiB", security="", api="", agent=""):
        self.directory = tempfile.TemporaryDirectory(prefix="trapline-")
        place = pathlib.Path(self.directory.name)
        self.state, self.port, self.log = place / "state", free_port(), place / "log"
        (place / "trapline.xml").write_text(f"""<trapline xmlns="urn:trapline:daemon:1">
  <daemon name="bench"><memory limit="{memory}"/><state directory="{self.state}"/>{agent}{api}<stop drain="0s"/></daemon>
  {security}
  <listeners>
    <listener name="main" address="udp:127.0.0.1:{self.port}" receive-buffer="8MiB" metadata="keys" accept="all"/>
  </listeners>
  <metadata>{metadata}</metadata>
  <engines>{engines}</engines>
</trapline>
""")
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                pinned(cpu, BINARIES / "traplined", "--config", place / "trapline.xml"),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log)
        try:
            wait_until(lambda: self.process.poll() is not None or "ready" in self.log.read_text(), "traplined to be ready")
            if self.process.poll() is not None:
                raise SystemExit(self.log.read_text())
        except BaseException:
            self.__exit__()
            raise
        self.idle = cpu_seconds(self.process.pid)

    def blast(self, count, *options, cpu=GENERATOR):
        """Sends at full speed unless told otherwise; the generator's report."""
        return blast(self.port, count, *options, cpu=cpu)

    def ledger(self):
        done = subprocess.run(pinned(GENERATOR, BINARIES / "trapline", "status", "--state", self.state, "--json"),
                              capture_output=True, text=True, check=True, timeout=PATIENCE)
        return json.loads(done.stdout)["ledger"]

    def wait_for(self, engine, count):
        """The engine's line once it has been delivered so many traps, or has not moved for two seconds; and the CPU
        seconds that the daemon used."""
        former, stood = None, time.monotonic()
        while True:
            row = next(row for row in self.ledger()["engines"] if row["name"] == engine)
            if row != former:
                former, stood = row, time.monotonic()
            if row["delivered"] >= count or time.monotonic() - stood > 2:
                return row, cpu_seconds(self.process.pid) - self.idle
            time.sleep(0.1)

    def stop(self):
        """Stops it and returns the closed ledger, which must balance: every trap delivered or under a named cause."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=PATIENCE)
        closed = self.ledger()
        totals = closed["totals"]
        moving = [totals[name] for name in ("undecided", "waiting", "held", "queued", "inFlight")]
        if any(moving) or closed["isOpen"]:
            raise SystemExit(f"the ledger does not balance: {json.dumps(closed)}")
        return closed

    def __enter__(self):
        return self

    def __exit__(self, *_):
        ended(self.process)
        self.directory.cleanup()
