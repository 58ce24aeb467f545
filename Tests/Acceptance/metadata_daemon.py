"""A traplined whose traps are routed by metadata services or an inventory, and the service that it asks."""

import json
import pathlib
import socket
import subprocess
import sys
import urllib.error
import urllib.request

from daemon import Daemon, wait_until
from pull_engine import API

HERE = pathlib.Path(__file__).parent
REQUESTS = '<requests timeout="300ms" attempts="20" backoff="50ms" max-wait="5ms"/>'


def free_stream_port():
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MetadataService:
    """metadata_service.py as a process of its own, on a port that it has again after an absence."""

    def __init__(self, mapping, *more):
        self.port = free_stream_port()
        self.arguments = ["--map", mapping, *more]
        self.process = None
        self.start()

    @property
    def xml(self):
        return f'<http name="service" url="http://127.0.0.1:{self.port}/metadata"/>'

    def start(self, mode="ok"):
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "metadata_service.py"), "--port", str(self.port), "--mode", mode, *self.arguments],
            stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline().strip() == str(self.port)

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def mode(self, mode):
        body = json.dumps({"mode": mode}).encode()
        urllib.request.urlopen(f"http://127.0.0.1:{self.port}/mode", data=body, timeout=30).close()

    def counts(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/counts", timeout=30) as answer:
            return json.load(answer)

    def wait_for_request(self, since):
        """Until it was asked more often than in `since`."""
        wait_until(lambda: self.counts()["requests"] > since["requests"], "the service to be asked")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class MetadataDaemon(Daemon):
    """One listener, `main`, unless others are given; its metadata is the first source of `metadata`, called `service`."""

    def __init__(self, binaries, directory, metadata, engines, listeners=None, daemon=""):
        self.metadata, self.listeners = metadata, listeners
        self.api_port = free_stream_port()
        self.engines = engines
        super().__init__(binaries, directory, engines, daemon=daemon)
        self.api = API(self.api_port)

    def write(self, engines):
        listeners = self.listeners or (
            f'<listener name="main" address="udp:[::]:{self.port}" metadata="service" accept="all"/>')
        self.configuration.write_text(f"""<trapline xmlns="urn:trapline:daemon:1">
  <daemon name="test">
    {self.daemon_xml}
    <state directory="{self.state}"/>
    <agent mode="standalone" address="udp:127.0.0.1:{self.agent_port}"/>
    <api address="127.0.0.1:{self.api_port}"/>
  </daemon>
  <listeners>{listeners}</listeners>
  <metadata>{self.metadata}</metadata>
  <engines>{engines}</engines>
</trapline>
""")

    def view(self):
        """What GET /v1/metadata says."""
        return self.api.call("GET", "/v1/metadata").json()

    def circuit(self, source="service"):
        return next(row["circuit"] for row in self.view()["sources"] if row["name"] == source)

    def wait_for_circuit(self, circuit):
        wait_until(lambda: self.circuit() == circuit, f"the circuit to be {circuit}")

    def explain(self, source):
        (entry,) = self.api.call("GET", f"/v1/explain?source={source}").json()["entries"]
        return entry

    def tool(self, *arguments):
        done = subprocess.run([str(self.binaries / "trapline"), *arguments], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, (arguments, done)
        return done.stdout

    def unrouted(self, *causes):
        return self.get(*["traplineUnrouted" + cause for cause in causes])

    def arrived(self):
        return self.get("traplineArrived")

    def path(self, name):
        """The file of the engine `name`, see `files`."""
        return self.directory / f"{name}.json"

    def lines_of(self, name):
        path = self.path(name)
        return self.lines(path) if path.exists() else []

    def wait_for(self, name, count):
        return self.wait_for_lines(count, self.path(name))


def files(directory, *names):
    """File engines of these names, that write at once."""
    return "".join(f'<file name="{name}" path="{directory}/{name}.json"><batch size="500" max-wait="20ms"/></file>'
                   for name in names)
