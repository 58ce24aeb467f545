"""A traplined of one's own for a test: own ports, own state directory, own configuration."""

import json
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATIENCE = 30.0  # seconds that anything may take on a busy machine before the test gives up


given_ports = set()


def free_port():
    """A port that nobody has, of UDP or TCP, IPv6 or IPv4: below those that the kernel gives to who asks for any, so that
    nobody is given it before the daemon binds it; and no one twice."""
    while True:
        port = random.randrange(10_240, 20_000)
        if port in given_ports:
            continue
        given_ports.add(port)
        try:
            for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
                with socket.socket(socket.AF_INET6, kind) as probe:
                    probe.bind(("::", port))
            return port
        except OSError:
            continue


def wait_until(condition, what):
    """Asks again and again until the condition gives something true; a test fails by running out of patience."""
    deadline = time.monotonic() + PATIENCE
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"gave up waiting for {what}")
        time.sleep(0.02)


class Daemon:
    """Runs BIN/traplined with a configuration whose engines are given as XML."""

    def __init__(self, binaries, directory, engines, routes="", default="archive", listener="", daemon="",
                 batch="", prefix=()):
        self.binaries = pathlib.Path(binaries)
        self.directory = pathlib.Path(directory)
        self.state = self.directory / "state"
        self.state.mkdir(exist_ok=True)
        self.port = free_port()
        self.agent_port = free_port()
        self.security = self.more_listeners = ""
        self.configuration = self.directory / "trapline.xml"
        self.routes, self.default, self.listener, self.daemon_xml, self.batch = routes, default, listener, daemon, batch
        self.prefix = list(prefix)
        self.write(engines)
        self.process = None

    def write(self, engines):
        self.configuration.write_text(f"""<trapline xmlns="urn:trapline:daemon:1">
  <daemon name="test">
    {self.daemon_xml}
    <state directory="{self.state}"/>
    <agent mode="standalone" address="udp:127.0.0.1:{self.agent_port}"/>
  </daemon>
  {self.security}
  <listeners>
    <listener name="main" address="udp:[::]:{self.port}" metadata="routes" accept="all" {self.listener}>{self.batch}</listener>
    {self.more_listeners}
  </listeners>
  <metadata>
    <rules name="routes">
      {self.routes}
      <default engines="{self.default}"/>
    </rules>
  </metadata>
  <engines>
    {engines}
  </engines>
</trapline>
""")

    def start(self, ready=True):
        self.log_path = self.directory / f"log.{time.monotonic_ns()}"
        self.output_path = self.directory / f"out.{time.monotonic_ns()}"
        with open(self.log_path, "wb") as log, open(self.output_path, "wb") as output:
            self.process = subprocess.Popen(
                [*self.prefix, str(self.binaries / "traplined"), "--config", str(self.configuration)],
                stdin=subprocess.DEVNULL, stdout=output, stderr=log)
        if ready:
            wait_until(lambda: self.process.poll() is not None or "ready" in self.log(), "the daemon to be ready")
            assert self.process.poll() is None, self.log()
        return self

    def log(self):
        return self.log_path.read_text(errors="replace")

    def lines(self, path=None):
        text = (path or self.output_path).read_bytes()
        return [json.loads(line) for line in text.split(b"\n")[:-1]]

    def wait_for_lines(self, count, path=None):
        def enough():
            target = path or self.output_path
            return target.exists() and target.read_bytes().count(b"\n") >= count
        wait_until(enough, f"{count} lines")
        return self.lines(path)

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=PATIENCE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait(timeout=PATIENCE)

    # The world outside

    def tool_environment(self):
        persistent = self.directory / "net-snmp"
        persistent.mkdir(exist_ok=True)
        return {**os.environ, "SNMP_PERSISTENT_DIR": str(persistent), "SNMPCONFPATH": str(persistent), "MIBS": ""}

    def snmp(self, tool, *arguments):
        return subprocess.run([tool, *arguments], env=self.tool_environment(), capture_output=True, text=True,
                              timeout=PATIENCE)

    def trap(self, *arguments, tool="snmptrap", host="127.0.0.1"):
        target = f"udp6:[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"
        done = self.snmp(tool, *arguments[:arguments.index("TARGET")], target, *arguments[arguments.index("TARGET") + 1:])
        assert done.returncode == 0, done.stderr

    def link_down(self, index=7):
        self.trap("-v", "2c", "-c", "public", "TARGET", "", "1.3.6.1.6.3.1.1.5.3",
                  f"1.3.6.1.2.1.2.2.1.1.{index}", "i", str(index))

    def send(self, datagrams):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.connect(("127.0.0.1", self.port))
            for datagram in datagrams:
                sender.send(datagram)

    def get(self, *names):
        """Scalars of TRAPLINE-MIB, by name, in one request and so of one snapshot, with the tools that an operator has."""
        done = self.snmp("snmpget", "-v", "2c", "-c", "public", "-Oqv", "-M", f"+{ROOT}/Config/mibs", "-m",
                         "TRAPLINE-MIB", f"127.0.0.1:{self.agent_port}", *[f"TRAPLINE-MIB::{name}.0" for name in names])
        assert done.returncode == 0, done.stderr
        values = [int(value) for value in re.findall(r"^\d+", done.stdout, re.MULTILINE)]
        assert len(values) == len(names), done.stdout
        return values if len(values) > 1 else values[0]

    def at_rest(self, arrived):
        """Waits until so many arrived and nothing is on its way, then gives all scalars of the law."""
        names = ["Arrived", "Accepted", "Answered", "Refused", "Unrouted", "Placed", "Routed", "Delivered", "Missed",
                 "Waiting", "Held", "Queued", "InFlight", "KernelDrops"]
        def read():
            values = dict(zip(names, self.get(*["trapline" + name for name in names])))
            moving = values["Waiting"] + values["Held"] + values["Queued"] + values["InFlight"]
            # Informs and SNMPv3 messages that nobody has decided about yet have arrived, and no more.
            moving += values["Arrived"] - values["Accepted"] - values["Answered"] - values["Refused"]
            last.append(values)
            return values if values["Arrived"] >= arrived and moving == 0 else None
        last = []
        try:
            return wait_until(read, f"{arrived} traps to arrive and to settle")
        except AssertionError as reason:
            raise AssertionError(f"{reason}: {last[-1] if last else 'nothing was read'}") from reason


def balanced(values):
    assert values["Arrived"] == values["Accepted"] + values["Answered"] + values["Refused"], values
    assert values["Accepted"] == values["Waiting"] + values["Held"] + values["Placed"] + values["Unrouted"], values
    assert values["Routed"] == values["Delivered"] + values["Queued"] + values["InFlight"] + values["Missed"], values


def temporary_directory():
    return tempfile.TemporaryDirectory(prefix="trapline-")
