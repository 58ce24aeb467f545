"""Traps that are sent on: to Net-SNMP's snmptrapd, and to another traplined."""

import json
import os
import pathlib
import re
import shutil
import socket
import subprocess

from daemon import PATIENCE, Daemon, balanced, free_port, temporary_directory, wait_until
from scenarios import STDOUT, Skip
from traps import trap

AUTH_SECRET, PRIV_SECRET = "authentication", "private enough"
USER = ('<user name="noc" auth="SHA-256" auth-secret="env:FORWARD_AUTH" priv="AES-128" priv-secret="env:FORWARD_PRIV"/>')
NUMBERED = r"8072\.9999\.9999\.162\.99\.9\.0 = INTEGER: (\d+)"
BATCH = '<batch size="20" max-wait="20ms"/><retry initial="50ms" max="200ms"/>'


class ForwardDaemon(Daemon):
    """Knows a user to seal messages for."""

    def write(self, engines):
        os.environ.update(FORWARD_AUTH=AUTH_SECRET, FORWARD_PRIV=PRIV_SECRET, FORWARD_COMMUNITY="onward")
        self.security = f"<security>{USER}</security>"
        super().write(engines)


class Trapd:
    """snmptrapd with files of its own, which can go down and come up again on its port."""

    def __init__(self, directory, engine_id=None):
        self.path = shutil.which("snmptrapd", path="/usr/sbin:/usr/bin")
        if not self.path:
            raise Skip("snmptrapd is missing: apt-get install snmptrapd")
        self.port, self.process = free_port(), None
        self.directory = pathlib.Path(directory) / f"trapd-{self.port}"
        self.directory.mkdir()
        self.log = self.directory / "log"
        self.log.touch()
        secrets = f'noc SHA-256 "{AUTH_SECRET}" AES "{PRIV_SECRET}"'
        (self.directory / "trapd.conf").write_text(
            f"disableAuthorization yes\ncreateUser {secrets}\n"
            + (f"createUser -e 0x{engine_id} {secrets}\n" if engine_id else ""))

    def start(self):
        starts = self.text().count("NET-SNMP version")
        environment = {**os.environ, "SNMP_PERSISTENT_DIR": str(self.directory), "MIBS": "",
                       "SNMPCONFPATH": str(self.directory)}
        self.process = subprocess.Popen(
            [self.path, "-f", "-A", "-Lf", str(self.log), "-n", "-On", "-C", "-c", str(self.directory / "trapd.conf"),
             "-F", "TRAP|%P|%a|%N|%v\n", f"udp:127.0.0.1:{self.port}"],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: self.text().count("NET-SNMP version") > starts, "snmptrapd")
        return self

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def text(self):
        return self.log.read_text(errors="replace")

    def lines(self, count=0):
        """The fields of each notification: security, agent-addr, enterprise, varbinds."""
        def read():
            found = [line.split("|")[1:] for line in self.text().splitlines() if line.startswith("TRAP|")]
            return (found or [None]) if len(found) >= count else None
        return [line for line in wait_until(read, f"{count} notifications at snmptrapd") if line]

    def numbers(self, count=0):
        return [int(re.search(NUMBERED, line[-1]).group(1)) for line in self.lines(count)]


def forward(name, port, attributes=""):
    return f'<forward name="{name}" address="udp:127.0.0.1:{port}" {attributes}>{BATCH}</forward>'


def send(daemon, datagrams, source="127.0.0.9"):
    """From one address and port, as a device does."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.bind((source, 0))
        sender.connect(("127.0.0.1", daemon.port))
        for datagram in datagrams:
            sender.send(datagram)


def local_engine_id(daemon):
    """As its state directory keeps it."""
    return re.search(r"\b[0-9a-f]{10,64}\b", (daemon.state / "snmp-engine").read_text()).group(0)


def snmptrapd_takes_what_is_sent_on_as_every_version_and_kind(binaries):
    with temporary_directory() as path, ForwardDaemon(binaries, path, STDOUT).start() as probe:
        engine_id = local_engine_id(probe)
        assert probe.stop() == 0, probe.log()
        kinds = {"v1": 'version="1" community="env:FORWARD_COMMUNITY"',
                 "v2c": 'version="2c" community="env:FORWARD_COMMUNITY"',
                 "v2c-inform": 'version="2c" pdu="inform" community="env:FORWARD_COMMUNITY"',
                 "v3": 'version="3" pdu="trap" user="noc"', "v3-inform": 'version="3" pdu="inform" user="noc"'}
        with Trapd(path, engine_id) as trapd:
            engines = "".join(forward(name, trapd.port, attributes) for name, attributes in kinds.items())
            probe.default = " ".join(kinds)
            probe.write(engines)
            probe.start()
            send(probe, [trap(1), trap(2, version="1", what="1.3.6.1.4.1.8072.0.5")])
            lines = trapd.lines(2 * len(kinds))
            values = probe.at_rest(2)
            balanced(values)
            assert values["Delivered"] == 2 * len(kinds) and values["Missed"] == 0, values
            assert len(trapd.lines()) == 2 * len(kinds), "something came twice"
            seen = {security.split(",")[0] + security.split(",")[1]: 0 for security, *_ in lines}
            for security, agent, enterprise, varbinds in lines:
                seen[security.split(",")[0] + security.split(",")[1]] += 1
                number = int(re.search(NUMBERED, varbinds).group(1))
                # The first is told by its source; the second by its agent-addr.
                device = "127.0.0.9" if number == 1 else "192.0.2.9"
                if "SNMP v1" in security:
                    assert agent == device, (security, agent)
                    assert number == 1 or enterprise == ".1.3.6.1.4.1.8072", enterprise
                elif number == 2:
                    assert f".1.3.6.1.6.3.18.1.3.0 = IpAddress: {device}" in varbinds, varbinds
                    assert ".1.3.6.1.6.3.1.1.4.3.0 = OID: .1.3.6.1.4.1.8072" in varbinds, varbinds
                elif "v3" in security or "INFORM" in security:
                    assert f".1.3.6.1.6.3.18.1.3.0 = IpAddress: {device}" in varbinds, varbinds
            assert sorted(seen) == ["INFORM SNMP v2c", "INFORM SNMP v3", "TRAP SNMP v1", "TRAP2 SNMP v2c",
                                    "TRAP2 SNMP v3"] and set(seen.values()) == {2}, seen
            assert probe.stop() == 0, probe.log()
            return f"{len(lines)} notifications"


def informs_are_acknowledged_only_when_snmptrapd_answered_and_nothing_is_lost_while_it_is_away(binaries):
    with temporary_directory() as path:
        trapd = Trapd(path)
        engine = forward("onward", trapd.port,
                         'version="2c" pdu="inform" community="env:FORWARD_COMMUNITY" timeout="200ms" retries="1"')
        with ForwardDaemon(binaries, path, engine, default="onward").start() as daemon:
            send(daemon, [trap(number) for number in range(50)])
            wait_until(lambda: daemon.get("traplineAccepted") == 50, "50 traps")
            assert daemon.get("traplineDelivered") == 0, "acknowledged with nobody there"
            with trapd:
                trapd.numbers(50)
                balanced(daemon.at_rest(50))
                trapd.stop()
                send(daemon, [trap(number) for number in range(50, 100)])
                wait_until(lambda: daemon.get("traplineAccepted") == 100, "100 traps")
                assert daemon.get("traplineDelivered") == 50, "acknowledged with nobody there"
                trapd.start()
                numbers = trapd.numbers(100)
                values = daemon.at_rest(100)
                balanced(values)
                assert values["Delivered"] == 100 and values["Missed"] == 0, values
                assert sorted(set(numbers)) == list(range(100)), "lost"
                first = list(dict.fromkeys(numbers))
                assert first == sorted(first), "one device's traps came out of order"
                assert daemon.stop() == 0, daemon.log()
                return f"{len(numbers) - 100} of 100 came twice"


def a_loop_of_two_daemons_ends_and_is_named(binaries):
    with temporary_directory() as one, temporary_directory() as other:
        first = ForwardDaemon(binaries, one, forward("second", 9), default="second")
        second = ForwardDaemon(binaries, other, forward("first", first.port), default="first")
        first.write(forward("second", second.port))
        with first.start(), second.start():
            send(first, [trap(number) for number in range(5)])
            path = first.state / "dead-letters" / "second.ndjson"
            letters = wait_until(lambda: path.exists() and (lines := read_whole(path)) and len(lines) >= 5 and lines,
                                 "the loop to end")
            assert all("loop" in letter["reason"] for letter in letters), letters[0]
            values = {name: daemon.at_rest(5) for name, daemon in (("first", first), ("second", second))}
            for each in values.values():
                balanced(each)
            assert values["first"]["Missed"] == len(read_whole(path)) == 5, values
            # Five came from the device; each came back and went on three times more.
            assert values["second"]["Arrived"] == 20 and values["first"]["Arrived"] == 25, values
            assert first.stop() == 0 and second.stop() == 0, first.log() + second.log()
            return f"{values['first']['Arrived']} arrivals of 5 traps"


def what_is_sent_to_this_very_daemon_is_refused_and_warned_of(binaries):
    """SNMPv3 informs whose receiver is an own listener: dead letters that say so, not sent again and again; --check warns."""
    with temporary_directory() as path:
        daemon = ForwardDaemon(binaries, path, STDOUT, default="self")
        daemon.write(f'<forward name="self" address="udp:127.0.0.1:{daemon.port}" version="3" pdu="inform" user="noc">'
                     f'{BATCH}</forward>')
        checked = subprocess.run([str(binaries / "traplined"), "--config", str(daemon.configuration), "--check"],
                                 capture_output=True, text=True, timeout=PATIENCE)
        assert checked.returncode == 0 and "this daemon's own listener main" in checked.stdout + checked.stderr, checked
        with daemon.start():
            send(daemon, [trap(number) for number in range(3)])
            path = daemon.state / "dead-letters" / "self.ndjson"
            letters = wait_until(lambda: path.exists() and len(lines := read_whole(path)) == 3 and lines, "three dead letters")
            assert all("its receiver is this very daemon" in letter["reason"] for letter in letters), letters
            wait_until(lambda: daemon.get("traplineMissed") == 3, "the account")
            balanced(values := daemon.at_rest(daemon.get("traplineArrived")))
            assert values["Placed"] == 3 and values["Answered"] == values["Arrived"] - 3, values
            assert daemon.stop() == 0, daemon.log()


def read_whole(path):
    """Its lines, but for one that is being written."""
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]
