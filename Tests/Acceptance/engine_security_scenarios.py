"""Who may ask the API, whether it is as it is described, and what a crash costs the engines that registered."""

import json
import pathlib
import socket
import subprocess
import sys

from api_daemon import DISCARD, APIDaemon, numbers
from daemon import PATIENCE, ROOT, temporary_directory, wait_until
from own_network import in_own_network, possible
from pull_engine import API, PullEngine
from scenarios import Skip
from traps import COLD_START

CHECK = ROOT / "Tests" / "Acceptance" / "openapi_check.py"
DOCUMENT = ROOT / "Documentation" / "openapi.yaml"
HOST = "192.0.2.10"
ADMIN, LIMITED = "0123456789abcdef-administrator", "0123456789abcdef-limited"


def web_pages_of_this_machine_reach_nothing(binaries):
    with temporary_directory() as directory, APIDaemon(binaries, directory).start() as daemon:
        daemon.register("noc")
        refused = [{"Host": "evil.example"}, {"Host": f"evil.example:{daemon.api_port}"}, {"Origin": "http://evil.example"},
                   {"Origin": "null"}, {"Host": "127.0.0.1.evil.example"}]
        for headers in refused:
            for method, path in (("GET", "/v1/engines"), ("PUT", "/v1/engines/evil"), ("DELETE", "/v1/engines/noc"),
                                 ("GET", "/v1/engines/noc/batch"), ("POST", "/v1/metadata/flush")):
                answer = daemon.api.call(method, path, headers=headers)
                assert answer.status == 403 and answer.json()["detail"], (headers, method, path, answer)
        for host in ("localhost", f"localhost:{daemon.api_port}", f"127.0.0.1:{daemon.api_port}", "[::1]"):
            assert daemon.api.call("GET", "/v1/engines", headers={"Host": host}).status == 200, host
        with socket.create_connection(("127.0.0.1", daemon.api_port), timeout=PATIENCE) as connection:
            connection.sendall(b"GET /v1/engines HTTP/1.1\r\n\r\n")
            assert connection.recv(4096).startswith(b"HTTP/1.1 400"), "no Host at all"
        assert sorted(daemon.api.engines()) == ["archive", "noc"]


def an_api_for_other_machines_without_a_token_is_a_configuration_error(binaries):
    with temporary_directory() as directory:
        for address in ("0.0.0.0:1180", "[::]:1180", "192.0.2.10:1180"):
            for inside, status in (("", 78), ('<token name="noc" secret="0123456789abcdef"/>', 0),
                                   ('<token name="noc" secret="too-short"/>', 78)):
                daemon = APIDaemon(binaries, directory, address=address, api=inside)
                done = subprocess.run([str(binaries / "traplined"), "--check", "--config", str(daemon.configuration)],
                                      capture_output=True, text=True, timeout=PATIENCE)
                assert done.returncode == status, (address, inside, done)
                assert status == 0 or "token" in done.stderr and "too-short" not in done.stderr, done.stderr
                daemon.sender.close()


def with_tokens(binaries, directory):
    tokens = (f'<token name="boss" secret="file:{directory}/admin" admin="yes"/>'
              f'<token name="small" secret="file:{directory}/limited" engines="pager openapi-check">'
              f'<filter trap="{COLD_START}"/></token>')
    for name, secret in (("admin", ADMIN), ("limited", LIMITED)):
        path = pathlib.Path(directory) / name
        path.write_text(secret + "\n")
        path.chmod(0o600)
    return APIDaemon(binaries, directory, api=tokens, address=f"{HOST}:1180")


def tokens_say_who_may_what_from_other_machines(binaries):
    if not possible():
        raise Skip("needs root and a network of its own, for an address that is not loopback")

    def run():
        with temporary_directory() as directory, with_tokens(binaries, directory) as daemon:
            daemon.start()
            nobody, wrong = API(1180, host=HOST), API(1180, "0123456789abcdef-limitee", HOST)
            boss, small = API(1180, ADMIN, HOST), API(1180, LIMITED, HOST)
            for api in (nobody, wrong):
                for method, path in (("GET", "/v1/engines"), ("PUT", "/v1/engines/pager"), ("GET", "/v1/status")):
                    answer = api.call(method, path)
                    assert answer.status == 401 and answer.headers["WWW-Authenticate"].startswith("Bearer"), answer
            assert nobody.call("GET", "/healthz").status == 200
            assert boss.call("GET", "/v1/status").status == 200 and small.call("GET", "/v1/status").status == 403
            assert small.call("PUT", "/v1/engines/other").status == 403
            other = PullEngine(boss, "other", batch={"maxWait": "10ms"})
            pager = PullEngine(small, "pager", batch={"maxWait": "10ms"})
            assert small.call("GET", "/v1/engines/other/batch").status == 403
            assert small.call("DELETE", "/v1/engines/other").status == 403
            assert small.call("POST", "/v1/metadata/flush").status == 403
            assert sorted(boss.engines()) == ["archive", "other", "pager"] and list(small.engines()) == ["pager"]
            daemon.traps([1])
            daemon.traps([2], what=COLD_START)
            daemon.traps([3])
            # The token's filter holds for what is registered with it, whatever it subscribes.
            assert numbers(pager.drain(2)) == [1, 3] and numbers(other.drain(3)) == [1, 2, 3]
            listing = [str(binaries / "trapline"), "engines", "--api", daemon.url]
            done = subprocess.run([*listing, "--token-file", f"{directory}/limited"], capture_output=True, text=True)
            assert done.returncode == 0 and "pager" in done.stdout and "other" not in done.stdout, done
            assert subprocess.run(listing, capture_output=True).returncode == 1
            daemon.settled()
            assert ADMIN not in daemon.log() and LIMITED not in daemon.log(), "secrets in the log"

    return in_own_network([f"{HOST}/24"], run)


# The description


def check(base, *options):
    done = subprocess.run([sys.executable, str(CHECK), base, str(DOCUMENT), *options], capture_output=True, text=True,
                          timeout=3 * PATIENCE)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout.strip().split("\n")[-1]


def the_api_is_as_openapi_describes_it(binaries):
    with temporary_directory() as directory, APIDaemon(binaries, directory).start() as daemon:
        note = check(daemon.url, "--trap", f"127.0.0.1:{daemon.port}", "--configured", "archive")
        daemon.sent = daemon.get("traplineArrived")
        daemon.settled()
        return note


def the_api_is_as_described_with_tokens_and_on_a_unix_socket(binaries):
    if not possible():
        raise Skip("needs root and a network of its own, for an address that is not loopback")

    def run():
        with temporary_directory() as directory, with_tokens(binaries, directory).start() as daemon:
            return check(daemon.url, "--trap", f"127.0.0.1:{daemon.port}", "--configured", "archive",
                         "--admin-token", ADMIN, "--limited-token", LIMITED)

    with temporary_directory() as directory:
        with APIDaemon(binaries, directory, address=f"unix:{directory}/api.sock").start() as daemon:
            mode = pathlib.Path(f"{directory}/api.sock").stat().st_mode & 0o777
            assert mode == 0o660, oct(mode)
            socket_note = check("http://localhost", "--unix-socket", f"{directory}/api.sock", "--configured", "archive",
                                "--trap", f"127.0.0.1:{daemon.port}")
            assert "archive" in daemon.tool("engines")
    return f"{in_own_network([f'{HOST}/24'], run)}; socket: {socket_note}"


# What a crash costs


def a_kill_books_what_each_registered_engine_had_as_crash(binaries):
    archive = '<pull name="configured" ack-timeout="10s"><batch size="10" max-wait="10ms"/></pull>' + DISCARD
    with temporary_directory() as directory:
        with APIDaemon(binaries, directory, archive, default="configured archive").start() as daemon:
            first = daemon.register("first", batch={"size": 10, "maxWait": "10ms"})
            daemon.register("second", persist=True)
            daemon.register("culled", subscribe=[{"source": ["192.0.2.1"]}])
            daemon.traps(range(30))
            taken = first.take("5s")
            assert first.acknowledge(taken).status == 204
            count = len(numbers(taken.lines()))
            wait_until(lambda: daemon.api.engine("first")["delivered"] == count, "the acknowledgement")
            assert first.take("5s"), "one in flight"
            wait_until(lambda: daemon.api.engine("archive")["delivered"] == 30, "the archive")
            daemon.kill()
            daemon.start()
            former = daemon.tool("status", "--state", str(daemon.state), "--former", "--json")
            ledger = json.loads(former)["ledger"]
            rows = {engine["name"]: engine for engine in ledger["engines"]}
            expected = {"first": 30 - count, "second": 30, "configured": 30}
            for name, crashed in expected.items():
                row = rows[name]
                assert row["missed"] == {"crash": crashed} and row["routed"] == row["delivered"] + crashed, row
            assert rows["archive"]["missed"] == {} == rows["culled"]["missed"], rows
            daemon.sent = 0
            assert sorted(daemon.api.engines()) == ["archive", "configured", "second"], "who did not persist is gone"
            assert daemon.api.call("GET", "/v1/engines/first/batch").status == 404
            second = PullEngine(daemon.api, "second", batch={"maxWait": "10ms"}, persist=True)
            daemon.traps([30])
            assert numbers(second.drain(1)) == [30]
            configured = wait_until(lambda: daemon.api.call("GET", "/v1/engines/configured/batch?wait=5s"), "a batch")
            identifier = configured.headers["Trapline-Batch"]
            assert daemon.api.call("POST", f"/v1/engines/configured/batch/{identifier}/ack").status == 204
            daemon.settled()
            return f"booked as crash: {expected}"
