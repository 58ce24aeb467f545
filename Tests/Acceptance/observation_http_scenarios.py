"""What a collector, a supervisor and a person are shown over HTTP, held against the ledger and against SNMP."""

import http.client
import json
import shutil
import signal
import subprocess
import threading
import time

from api_daemon import APIDaemon
from daemon import PATIENCE, ROOT, temporary_directory, wait_until
from push_service import PushService
from scenarios import Skip
from traps import trap

TYPE = "text/plain; version=0.0.4; charset=utf-8"
RULES = """<rules name="routes"><route source="127.0.0.9/32" engines="nobody"/>
  <route source="127.0.0.2/32" engines="archive noc"/><default engines="archive"/></rules>"""
ENGINES = '<discard name="archive"/><discard name="noc"/><pull name="nobody"/>'

PARSE = """
import json, sys
from prometheus_client.parser import text_string_to_metric_families
families = list(text_string_to_metric_families(sys.stdin.read()))
assert all(family.documentation and family.type in ("counter", "gauge") for family in families), families
print(json.dumps([[sample.name, sample.labels, sample.value] for family in families for sample in family.samples]))
"""


def scrape(daemon, query=""):
    """With curl, as the bytes were sent."""
    done = subprocess.run(["curl", "-sS", "--max-time", "30", "-D", "-", f"{daemon.url}/metrics{query}"],
                          capture_output=True, timeout=PATIENCE)
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    assert head.split()[1] == b"200" and f"content-type: {TYPE}".encode() in head.lower(), (head, done.stderr)
    return body.decode()


def parsed(page):
    """By the parser of Prometheus' own client: {name: [(labels, value)]}. A series that is there twice is complained of."""
    python = "/usr/bin/python3"
    if subprocess.run([python, "-c", "import prometheus_client.parser"], capture_output=True).returncode:
        raise Skip("python3-prometheus-client is not installed")
    done = subprocess.run([python, "-c", PARSE], input=page, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    series, seen = {}, set()
    for name, labels, value in json.loads(done.stdout):
        key = (name, tuple(sorted(labels.items())))
        assert key not in seen, key
        seen.add(key)
        series.setdefault(name, []).append((labels, value))
    return series


def total(series, name, **wanted):
    return sum(value for labels, value in series.get(f"trapline_{name}", [])
               if all(labels.get(key) == text for key, text in wanted.items()))


def by(series, name, label, **wanted):
    """What was counted at all, by one of the labels."""
    counts = {}
    for labels, value in series.get(f"trapline_{name}", []):
        if value and all(labels.get(key) == text for key, text in wanted.items()):
            counts[labels[label]] = counts.get(labels[label], 0) + value
    return counts


def metrics_ledger_and_snmp_agree_at_rest(binaries):
    """Every counter that three views show, after traps that were delivered, culled, refused, unrouted and missed."""
    with temporary_directory() as directory, APIDaemon(
            binaries, directory, ENGINES, rules=RULES, api="").start() as daemon:
        leaver = daemon.register("leaver", subscribe=[{"source": ["127.0.0.3/32"]}])
        for index, source in enumerate(["127.0.0.2"] * 40 + ["127.0.0.3"] * 30 + ["127.0.0.4"] * 7):
            daemon.sender.send(trap(index), source)
        for octets in (b"no SNMP", b"\x30\x03\x02\x01\x05"):
            daemon.sender.send(octets, "127.0.0.5")
        daemon.sent += 79
        wait_until(lambda: daemon.get("traplineArrived") >= 79, "all to arrive")
        wait_until(lambda: daemon.api.engine("leaver")["backlog"]["queued"] + daemon.api.engine("leaver")["backlog"]["inFlight"] >= 30,
                   "the leaver's traps to be queued")
        leaver.end()
        values = daemon.settled()
        ledger = daemon.ledger()
        page = scrape(daemon)
        series = parsed(page)
        for name, key in [("arrived", "Arrived"), ("accepted", "Accepted"), ("answered", "Answered"),
                          ("refused", "Refused"), ("placed", "Placed"), ("unrouted", "Unrouted"), ("routed", "Routed"),
                          ("delivered", "Delivered"), ("missed", "Missed")]:
            assert total(series, f"{name}_total") == values[key] == ledger["totals"][name], (name, values, ledger)
        assert values["Missed"] == 30 and values["Refused"] == 2, values
        for name in ("refused", "unrouted", "missed"):
            assert by(series, f"{name}_total", "cause") == ledger[name], (name, ledger)
        for line in ledger["listeners"]:
            assert total(series, "arrived_total", listener=line["name"]) == line["arrived"]
            assert by(series, "refused_total", "cause", listener=line["name"]) == line["refused"]
        for line in ledger["engines"]:
            name = line["name"]
            for field in ("routed", "delivered", "culled", "replayed", "retries", "batches"):
                assert total(series, f"{field}_total", engine=name) == line[field], (name, field)
            assert by(series, "missed_total", "cause", engine=name) == line["missed"]
        for name in ("undecided_traps", "waiting_traps", "held_traps", "engine_queued_traps", "engine_in_flight_traps"):
            assert total(series, name) == 0, name
        assert total(series, "memory_limit_bytes") == ledger["gauges"]["memoryLimit"]
        assert total(series, "boots") == ledger["boots"] == 1
        assert total(series, "start_time_seconds") == ledger["started"] / 1e9
        assert not any("source" in labels for samples in series.values() for labels, _ in samples), "a source"
        status = daemon.api.call("GET", "/v1/status").json()
        assert status["causes"] == {name: ledger[name] for name in ("refused", "unrouted", "missed")}, status
        assert {line["name"]: line["arrived"] for line in status["listeners"]} == {"main": 79}, status
        if shutil.which("promtool"):
            checked = subprocess.run(["promtool", "check", "metrics"], input=page, capture_output=True, text=True)
            assert checked.returncode == 0, checked
            rules = subprocess.run(["promtool", "check", "rules", f"{ROOT}/Config/prometheus/trapline.rules.yml"],
                                   capture_output=True, text=True)
            assert rules.returncode == 0, rules
        return f"{sum(map(len, series.values()))} series, {len(page)} octets"


def scrapes_cost_no_trap_and_share_their_page(binaries):
    """Fifty collectors at once while traps come: nothing is lost by it, and what they get can be read."""
    with temporary_directory() as directory, APIDaemon(binaries, directory, ENGINES, rules=RULES).start() as daemon:
        pages, stop = [], threading.Event()

        def collect():
            while not stop.is_set():
                answer = daemon.api.call("GET", "/metrics")
                assert answer.status == 200, answer
                pages.append(answer.body)

        threads = [threading.Thread(target=collect, daemon=True) for _ in range(50)]
        for thread in threads:
            thread.start()
        for index in range(5000):
            daemon.sender.send(trap(index), "127.0.0.2")
            if index % 50 == 0:
                time.sleep(0.001)  # a rate that the socket takes with the machine at work otherwise
        daemon.sent += 5000
        wait_until(lambda: daemon.get("traplineArrived") >= 5000, "all to arrive")
        stop.set()
        for thread in threads:
            thread.join(PATIENCE)
        values = daemon.settled()
        assert values["Accepted"] + values["KernelDrops"] == 5000, values
        assert len(set(pages)) < len(pages), "no page was shared"
        last = parsed(scrape(daemon))
        assert total(last, "arrived_total") == 5000
        arrived = [total(parsed(page.decode()), "arrived_total") for page in pages[::max(1, len(pages) // 20)]]
        assert max(arrived) <= 5000, arrived
        return f"{len(pages)} scrapes, {len(set(pages))} pages"


def ready_from_the_first_listener_to_the_stop(binaries):
    """Nothing, then perhaps 503, then 200 until TERM; 503 while what is queued is handed over, healthy all the while."""
    with temporary_directory() as directory, APIDaemon(
            binaries, directory, '<discard name="archive"/>', more='<stop drain="20s"/>') as daemon:
        seen, stop = [], threading.Event()

        def watch():
            while not stop.is_set():
                try:
                    answer = daemon.api.call("GET", "/readyz")
                    seen.append((answer.status, answer.body.decode().split(":")[0].strip()))
                except (OSError, http.client.HTTPException):
                    seen.append((0, "nobody answers"))
                time.sleep(0.005)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        daemon.start()
        daemon.register("slow")
        for path in ("/healthz", "/readyz"):
            answer = daemon.api.call("GET", path)
            assert (answer.status, answer.body) == (200, b"ok\n"), answer
            answer = daemon.api.call("HEAD", path)
            assert (answer.status, answer.body) == (200, b""), answer
        daemon.traps(range(5))
        wait_until(lambda: daemon.api.engine("slow")["backlog"]["queued"] + daemon.api.engine("slow")["backlog"]["inFlight"] == 5, "five")
        daemon.hang_up()
        assert daemon.api.call("GET", "/readyz").status == 200, "a reload is no reason"
        daemon.signal(signal.SIGTERM)
        answer = wait_until(
            lambda: (answer := daemon.api.call("GET", "/readyz")).status == 503 and answer, "readiness to end")
        assert answer.body.startswith(b"stopping"), answer
        assert daemon.api.call("GET", "/healthz").body == b"ok\n", "a drain is no reason to be killed"
        assert total_or_none(daemon) == 5, "metrics are there until the end"
        # Five at most, in as many batches; with the last one acknowledged the daemon may be gone before it is asked again.
        for _ in range(5):
            try:
                batch = daemon.api.call("GET", "/v1/engines/slow/batch?wait=1s")
                if batch.status == 200:
                    daemon.api.call("POST", f"/v1/engines/slow/batch/{batch.headers['Trapline-Batch']}/ack")
            except (OSError, http.client.HTTPException):
                break
        assert daemon.process.wait(PATIENCE) == 0, daemon.log()
        stop.set()
        watcher.join(PATIENCE)
    # Each phase once, in this order; the short ones may go unseen.
    phases = [state for index, state in enumerate(seen) if index == 0 or seen[index - 1] != state]
    wanted = [(0, "nobody answers"), (503, "starting"), (200, "ok"), (503, "stopping"), (0, "nobody answers")]
    assert phases[0] == wanted[0] and (200, "ok") in phases and (503, "stopping") in phases, phases
    places = [wanted.index(state) if index + 1 < len(phases) else 4 for index, state in enumerate(phases)]
    assert places == sorted(places), phases
    return " → ".join(f"{status} {why}" for status, why in phases)


def total_or_none(daemon):
    return total(parsed(scrape(daemon)), "arrived_total")


def status_says_what_is_wrong_first(binaries):
    """An engine that is down stands at the top with its error, a cause that grows from the second reading on."""
    with temporary_directory() as directory, PushService() as service:
        engines = (f'<http name="push" url="{service.url}"><batch size="10" max-wait="10ms"/>'
                   '<retry initial="50ms" max="200ms"/></http>')
        with APIDaemon(binaries, directory, engines, default="push").start() as daemon:
            daemon.traps(range(3))
            daemon.settled()
            page = daemon.tool("status", "--state", str(daemon.state))
            assert "nothing is wrong" in page and "\x1b" not in page, page
            service.mode = 503
            daemon.traps(range(3, 8))
            wait_until(lambda: daemon.api.engine("push")["failures"] > 1, "failures")
            lines = daemon.tool("status", "--state", str(daemon.state)).split("\n")
            wrong, law = lines.index("wrong now"), next(i for i, line in enumerate(lines) if line.startswith("  arrived"))
            assert wrong < law and any("engine push" in line and "503" in line for line in lines[wrong:law]), lines
            watched = subprocess.Popen(
                [str(binaries / "trapline"), "status", "--state", str(daemon.state), "--watch", "200ms", "--json"],
                env={**daemon.tool_environment(), "TRAPLINE_API": daemon.url}, stdout=subprocess.PIPE, text=True)
            try:
                first = json.loads(watched.stdout.readline())
                assert "rates" not in first and first["live"]["name"] == "test", first
                for _ in range(4):
                    daemon.sender.send(b"no SNMP")
                    daemon.sent += 1
                grown = None
                deadline = time.monotonic() + PATIENCE
                while grown is None and time.monotonic() < deadline:
                    reading = json.loads(watched.stdout.readline())
                    assert reading["rates"]["seconds"] > 0, reading
                    if reading["rates"]["refused"].get("malformed"):
                        grown = reading
                assert grown and set(grown["rates"]["refused"]) == {"malformed"}, grown
            finally:
                watched.kill()
                watched.wait(PATIENCE)
            service.mode = "ok"
            values = daemon.settled()
            assert values["Delivered"] == 8 and values["Refused"] == 4, values
            former = daemon.state
            daemon.stop()
            page = daemon.tool("status", "--state", str(former))
            assert page.startswith("stopped") and "refused malformed" in page, page


def status_needs_no_api(binaries):
    """The ledger alone will do, and the page says that it is."""
    with temporary_directory() as directory, APIDaemon(binaries, directory).start() as daemon:
        daemon.traps(range(3))
        daemon.settled()
        nowhere = {**daemon.tool_environment(), "TRAPLINE_API": "http://127.0.0.1:1", "COLUMNS": "80"}
        done = subprocess.run([str(binaries / "trapline"), "status", "--state", str(daemon.state)], env=nowhere,
                              capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0 and "the ledger alone" in done.stdout and "arrived 3" in done.stdout, done
        daemon.kill()
        done = subprocess.run([str(binaries / "trapline"), "status", "--state", str(daemon.state)], env=nowhere,
                              capture_output=True, text=True, timeout=PATIENCE)
        assert done.stdout.startswith("crashed"), done


def the_table_of_sources_is_read_in_parts(binaries):
    """Every source once, with the ledger's sum, over HTTP and by the tool; one of them by its address."""
    with temporary_directory() as directory, APIDaemon(binaries, directory).start() as daemon:
        if daemon.api.call("GET", "/v1/sources").status == 503:
            raise Skip("this daemon keeps no table of sources")
        for index in range(250):
            for _ in range(1 + index % 3):
                daemon.sender.send(trap(index), f"127.0.1.{index + 1}")
                daemon.sent += 1
        daemon.settled()
        rows, after = [], 0
        while after is not None:
            part = daemon.api.call("GET", f"/v1/sources?after={after}&limit=70").json()
            assert len(part["sources"]) <= 70 and part["count"] == 250, part
            rows += part["sources"]
            after = part.get("next")
        assert [row["index"] for row in rows] == sorted({row["index"] for row in rows}), "a row twice"
        assert sum(row["arrived"] for row in rows) == daemon.sent, rows
        assert {row["address"]: row["arrived"] for row in rows} == {
            f"127.0.1.{index + 1}": 1 + index % 3 for index in range(250)}
        told = [json.loads(line) for line in daemon.tool("sources", "--limit", "10000", "--json").splitlines()]
        assert [row["index"] for row in told] == [row["index"] for row in rows], told
        page = daemon.tool("sources", "127.0.1.3")
        assert "127.0.1.3" in page and "linkDown" in page, page
        daemon.tool("sources", "192.0.2.1", code=1)
        busiest = parsed(scrape(daemon, "?sources=5")).get("trapline_source_arrived_total", [])
        assert len(busiest) == 5, busiest
        assert "trapline_source_arrived_total" not in parsed(scrape(daemon)), "sources that nobody asked for"
