"""What a kill costs SNMPv3 and informs, and what an operator does about a device whose clock fell. Each scenario is a
function whose docstring is the demand."""

import json
import pathlib
import re
import shutil
import subprocess
import threading

from daemon import PATIENCE, temporary_directory, wait_until
from inform_scenarios import service_rules
from metadata_daemon import MetadataService
from scenarios import Skip
from usm_sender import DEVICE, INFORM, RESPONSE, TRAP, pdu, v2c
from v3_daemon import QUICK_FILE, V3Daemon, credentials, noc, noc_without_privacy, texts

HELD = 10  # of each kind
OTHER = bytes.fromhex("8000000001020309")


def a_kill_under_informs_and_v3_is_booked_as_crash(binaries):
    """Traps and informs of v2c and v3 on their way, some held for metadata, some queued for an engine that does not fetch:
    the next start books what was inside as crash, each where it was, and the former run's ledger adds up. What had been
    answered had been placed. Informs that were not answered are taken when they are sent again."""
    with temporary_directory() as path, MetadataService("default=archive,later") as service, V3Daemon(
            binaries, path, engines=QUICK_FILE + '<pull name="later"/>', rules=service_rules(service)).start() as daemon:
        with daemon.asker("127.0.0.61") as asker:
            ours = asker.discover()
        def sealed(number, text="sealed"):
            return noc_without_privacy.message(pdu(INFORM, number, text=text), ours.boots, ours.time, engine=ours.engine)
        loads = [Load(daemon, "127.0.0.62", lambda number: v2c(pdu(INFORM, number))),
                 Load(daemon, "127.0.0.63", sealed),
                 Load(daemon, "127.0.0.64", lambda number: noc_without_privacy.message(pdu(TRAP, number), 1, 1 + number // 50)),
                 Load(daemon, "127.0.0.65", lambda number: v2c(pdu(TRAP, number)))]
        for load in loads:
            load.send(1)
        wait_until(lambda: daemon.get("traplinePlaced") == len(loads), "the sources to be known")
        before = service.counts()
        service.mode("silent")
        with daemon.asker("127.0.0.66") as late:
            for number in range(HELD):
                late.send(v2c(pdu(TRAP, number)))
                late.send(v2c(pdu(INFORM, number, text="late")))
                late.send(noc.message(pdu(TRAP, number), 1, 1 + number))
                late.send(sealed(number, "late"))
            service.wait_for_request(before)
            for load in loads:
                load.start()
            wait_until(lambda: daemon.get("traplineArrived") > 1500, "the load")
            daemon.kill()
            answers = [load.end() for load in loads]
            assert not late.answers(), "answered while it was held"
        assert answers[0] and answers[1] and not answers[2] and not answers[3], answers
        service.mode("ok")
        daemon.start()
        assert "booked as crash" in daemon.log(), daemon.log()
        former = json.loads(daemon.tool("status", "--state", str(daemon.state), "--former", "--json"))["ledger"]
        totals, refused, unrouted = former["totals"], former["refused"], former["unrouted"]
        assert totals["arrived"] == totals["accepted"] + totals["answered"] + sum(refused.values()), former
        assert totals["accepted"] == totals["placed"] + sum(unrouted.values()), former
        for engine in former["engines"]:
            assert engine["routed"] == engine["delivered"] + sum(engine["missed"].values()), engine
            assert set(engine["missed"]) <= {"crash"}, engine
        later = next(engine for engine in former["engines"] if engine["name"] == "later")
        assert later["missed"] == {"crash": later["routed"]} and later["delivered"] == 0, later
        # What was being placed stands in both accounts, so that nothing is in neither.
        assert 0 <= later["routed"] - totals["placed"] <= unrouted["crash"] - HELD, (later, totals, unrouted)
        # A plain trap is accepted when it arrives; the other three kinds when they are decided about.
        assert set(refused) == {"crash"} and refused["crash"] >= 3 * HELD, refused
        assert set(unrouted) == {"crash"} and unrouted["crash"] >= HELD, unrouted
        assert totals["placed"] >= sum(answers), (totals, answers)
        with daemon.asker("127.0.0.66") as late:
            assert late.ask(v2c(pdu(INFORM, 1, text="late"))).tag == RESPONSE
            again = late.discover()
            assert again.engine == ours.engine and again.boots == ours.boots + 1, (again.boots, ours.boots)
            assert late.ask(sealed(1, "late")).first_name.hex() == "2b060106030f01010200", "its keys' clock has gone on"
            daemon.sent = 3
            assert daemon.notify("snmpinform", ["-v", "3", *credentials(level="authNoPriv")], text="new clock")
        wait_until(lambda: "new clock" in texts(daemon.lines()), "the inform by the new clock")
        assert daemon.refused() == {"not-in-time-window": 1}, daemon.refused()
        while daemon.get("traplineQueued") + daemon.get("traplineInFlight") > 0:
            answer = daemon.api.call("GET", "/v1/engines/later/batch?wait=10s")
            assert answer.status == 200, answer
            daemon.api.call("POST", f"/v1/engines/later/batch/{answer.headers['Trapline-Batch']}/ack")
        daemon.sent = daemon.get("traplineArrived")
        daemon.closes_balanced()
        return (f"arrived {totals['arrived']}, placed {totals['placed']}, answered informs {sum(answers)}; crash: "
                f"refused {refused['crash']}, unrouted {unrouted['crash']}, missed {later['missed']['crash']}")


def boots_are_on_the_disk_before_a_socket_is_open(binaries):
    """By strace: the file of the engine's boots is synchronized, takes its place and that is synchronized too, before
    the first bind."""
    tracer = ["strace", "-D", "-f", "-qq", "-e", "trace=bind,rename,renameat,renameat2,fsync,fdatasync"]
    if not shutil.which("strace") or subprocess.run([*tracer, "true"], capture_output=True).returncode:
        raise Skip("no strace that may trace")
    with temporary_directory() as path:
        trace = pathlib.Path(path, "trace")
        with V3Daemon(binaries, path, prefix=[*tracer, "-o", str(trace)]).start() as daemon:
            calls = trace.read_text().splitlines()
            renamed = next(index for index, call in enumerate(calls) if "rename" in call and '/snmp-engine"' in call)
            synced = [index for index, call in enumerate(calls) if "sync(" in call and call.endswith("= 0")]
            bound = next(index for index, call in enumerate(calls) if "bind(" in call and str(daemon.port) in call)
            assert any(index < renamed for index in synced), calls
            assert any(renamed < index < bound for index in synced), calls
            daemon.v3_trap(*credentials(), text="traced")
            daemon.closes_balanced()


class Load:
    """Sends from one source, numbered, as fast as one thread does."""

    def __init__(self, daemon, source, make):
        self.asker, self.make, self.count, self.stopping = daemon.asker(source), make, 0, threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def send(self, count):
        for _ in range(count):
            self.asker.send(self.make(self.count))
            self.count += 1

    def run(self):
        while not self.stopping.wait(0.001):
            try:
                self.send(5)
            except OSError:
                return  # nobody listens any longer

    def start(self):
        self.thread.start()

    def end(self):
        """How many answers there were."""
        self.stopping.set()
        self.thread.join(PATIENCE)
        answers = len({answer.request for answer in self.asker.answers()})
        self.asker.close()
        return answers


def an_engine_whose_clock_fell_can_be_forgotten(binaries):
    """`trapline v3 list` shows the SNMP engines that were heard, and after `trapline v3 forget ENGINEID` one whose boots
    fell is believed again: in this run and in the next, be it the first thing that a run does. What was written before a
    kill is known after it."""
    with temporary_directory() as path, V3Daemon(binaries, path).start() as daemon:
        daemon.v3_trap("-Z", "7,5000", *credentials(), text="before")
        daemon.settled()
        daemon.v3_trap("-Z", "1,3", *credentials(), text="refused")
        daemon.settled()
        assert daemon.refused() == {"not-in-time-window": 1}, daemon.refused()
        listed = daemon.tool("v3", "list")
        (row,) = [line for line in listed.splitlines() if DEVICE.hex() in line.lower()]
        assert re.search(r"\b7\b", row), listed
        daemon.tool("v3", "forget", DEVICE.hex())
        assert DEVICE.hex() not in daemon.tool("v3", "list").lower()
        daemon.v3_trap("-Z", "1,4", *credentials(), text="after")
        daemon.settled()
        assert texts(daemon.wait_for_lines(2)) == ["before", "after"]
        # What was forgotten stays so after a restart.
        daemon.closes_balanced()
        daemon.start()
        daemon.sent = 0
        daemon.v3_trap("-Z", "1,5", *credentials(), text="restarted")
        assert texts(daemon.wait_for_lines(1)) == ["restarted"]
        daemon.closes_balanced()
        # The only engine, before anything was written: none is left, and that is written too.
        daemon.start()
        assert DEVICE.hex() in daemon.tool("v3", "list").lower()
        daemon.tool("v3", "forget", DEVICE.hex())
        daemon.sent = 0
        daemon.closes_balanced()
        daemon.start()
        assert DEVICE.hex() not in daemon.tool("v3", "list").lower(), "it came back"
        daemon.v3_trap("-Z", "9,5000", *credentials(), text="heard")
        daemon.v3_trap("-Z", "2,5", *credentials(), text="another", engine=OTHER)
        assert texts(daemon.wait_for_lines(2)) == ["heard", "another"]
        # To forget one writes the others.
        daemon.tool("v3", "forget", OTHER.hex())
        written = daemon.state / "snmp-engine-times"
        wait_until(lambda: DEVICE.hex() in written.read_text() and OTHER.hex() not in written.read_text(), "the file")
        daemon.kill()
        daemon.start()
        daemon.sent = 0
        daemon.v3_trap("-Z", "8,5000", *credentials(), text="recorded")
        daemon.settled()
        assert daemon.refused() == {"not-in-time-window": 1}, daemon.refused()
        daemon.closes_balanced()


def what_is_forgotten_before_its_time_is_shown_and_warned_of(binaries):
    """More messages within the time window than `repeats` has room for, and more engines than `engines`: the status counts
    them and `trapline status` has a line of it, which it has not before; the log warns once of each, with the remedy."""
    room, more = 65536 // 56, 40
    with temporary_directory() as path, V3Daemon(binaries, path, bounds='repeats="64KiB" engines="2"').start() as daemon:
        def shown():
            return daemon.api.call("GET", "/v1/status").json()["forgotten"], daemon.tool("status", "--state", str(daemon.state))
        with daemon.asker() as asker:
            def send(number, engine=DEVICE):
                asker.send(noc_without_privacy.message(pdu(TRAP, number), 1, 1 + number // 100, engine=engine))
                daemon.sent += 1
            for number in range(room):
                send(number)
                if number % 100 == 99:
                    wait_until(lambda: daemon.get("traplineArrived") >= daemon.sent, "the messages to arrive")
            daemon.settled()
            counts, page = shown()
            assert set(counts.values()) == {0} and "forgotten" not in page, (counts, page)
            for number in range(more):
                send(number, engine=OTHER)
            send(more, engine=OTHER[:-1] + b"\x0a")
            daemon.settled()
            wait_until(lambda: daemon.log().count("forgotten before their time") == 2, "both warnings")
            counts, page = shown()
            assert counts == {"messages": more + 1, "clocks": 1, "informs": 0, "keys": 0}, counts
            assert f"forgotten before their time, for want of room: recent SNMPv3 messages {more + 1}, engine clocks 1" in page, page
        assert "raise repeats of <security>" in daemon.log() and "raise engines of <security>" in daemon.log()
        daemon.closes_balanced()
        return f"{room} messages have room"
