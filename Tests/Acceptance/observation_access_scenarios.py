"""Who may ask the daemon's agent, and the log of notifications that it shows. Each scenario is a function whose docstring
is the demand."""

import re
import signal

from agent_scenarios import v1
from daemon import temporary_directory, wait_until
from traps import LINK_DOWN
from usm_sender import DEVICE, TRAP, pdu, v2c
from v3_daemon import AUTH, NOC, PRIV, V3Daemon, assert_no_secret_in, credentials, noc

BASE = "1.3.6.1.4.1.8072.9999.9999.162"
ARRIVED, LOG = f"{BASE}.1.2.1.0", "1.3.6.1.2.1.92.1"
DELTA_STATUS = f"{BASE}.1.12.2.1.6"
READER = f'<user name="reader" {AUTH} {PRIV}/>'


class AccessDaemon(V3Daemon):
    """`access` is what stands in <agent>. The scenario's own look at the ledger goes by the community `public`, from here."""

    def __init__(self, binaries, directory, access, **rest):
        self.access = access
        super().__init__(binaries, directory, users=NOC + READER, **rest)

    def write(self, engines):
        super().write(engines)
        text = self.configuration.read_text()
        agent = re.search(r"<agent [^>]*/>", text)[0]
        own = '<community secret="public" source="127.0.0.1"/>'
        self.configuration.write_text(text.replace(agent, f"{agent[:-2]}>{own}{self.access}</agent>"))

    def reload(self, access):
        self.access = access
        self.write(self.engines)
        before = self.log().count("reloaded:")
        self.signal(signal.SIGHUP)
        wait_until(lambda: self.log().count("reloaded:") > before, "the reload")

    def ask(self, tool, words, *names):
        done = self.snmp(tool, *words, "-t", "2", "-r", "1", "-Onq", f"127.0.0.1:{self.agent_port}", *names)
        return done.stdout + done.stderr


def v3(user="noc", **rest):
    return ["-v", "3", *credentials(user, **rest)]


def v2(community="public"):
    return ["-v", "2c", "-c", community]


def only_those_whom_the_configuration_names_may_ask_the_agent(binaries):
    """Communities by source, users by level and secret; SET for the one user that may write, in the tables for that alone;
    usmStats counts what was asked in vain; a reload changes who may ask; no secret is told."""
    access = """<community secret="numbers" view="statistics"/><community secret="far" source="10.0.0.0/8"/>
                <user name="noc" access="read-write" minimum-level="authPriv"/><user name="reader" minimum-level="authNoPriv"/>"""
    with temporary_directory() as path, AccessDaemon(binaries, path, access).start() as daemon:
        def says(expected, words, name=ARRIVED, tool="snmpget", value=()):
            found = daemon.ask(tool, words, name, *value)
            assert expected in found, (words, name, found)
        says(f".{ARRIVED} 0", v3())
        says(f".{ARRIVED} 0", v3("reader", level="authNoPriv"))
        says(f".{ARRIVED} 0", v2("numbers"))
        says("Timeout", v2("far"))
        says("Timeout", v2("guess"))
        says("No Such Object", v2("numbers"), f"{LOG}.2.1.0")
        says(f".{LOG}.2.1.0 0", v3(), f"{LOG}.2.1.0")
        before = daemon.usm_statistics()
        says("authorizationError", v3(level="authNoPriv"))
        says("authorizationError", v3("reader", level="noAuthNoPriv"))
        says("Authentication failure", v3(auth="not the password"))
        says("Unknown user name", v3("nobody"))
        after = daemon.usm_statistics()
        assert after[2] > before[2] and after[4] > before[4], (before, after)
        create = [f"{DELTA_STATUS}.7", "snmpset", ["i", "5"]]
        says("noAccess", v3("reader"), *create)
        says("noAccess", v2(), *create)
        says("noAccess", v3(), f"{LOG}.1.1.0", "snmpset", ["u", "5"])
        says("noAccess", v3(), f"{BASE}.1.3.2.0", "snmpset", ["u", "5"])
        index = daemon.ask("snmpget", v3(), f"{BASE}.1.12.1.0").split()[-1]
        variable, status = f"{BASE}.1.12.2.1.2.{index}", f"{DELTA_STATUS}.{index}"
        says(f".{status} 4", v3(), variable, "snmpset", ["o", ARRIVED, status, "i", "4"])
        says(f".{variable} .{ARRIVED}", v3("reader"), variable)
        daemon.reload('<user name="reader" minimum-level="authNoPriv"/>')
        says(f".{ARRIVED} 0", v3("reader"))
        says("Unknown user name", v3())
        says("Timeout", v2("numbers"))
        daemon.access = '<log entries="7"/>'
        daemon.write(daemon.engines)
        daemon.signal(signal.SIGHUP)
        wait_until(lambda: "not reloaded: agent: log differs" in daemon.log(), "the refusal")
        assert_no_secret_in(daemon.log() + daemon.settings())
        assert "numbers" not in daemon.log() and "numbers" not in daemon.settings()
        daemon.closes_balanced()


def a_manager_that_reads_snmptrapds_log_reads_ours(binaries):
    """NOTIFICATION-LOG-MIB after real traps: v1 converted, v2c, v3; typed values; the ring wraps and counts; what came
    encrypted shows no variable."""
    with temporary_directory() as path, AccessDaemon(binaries, path, '<log entries="6" name="default"/>').start() as daemon:
        name = ".".join(["7", *(str(octet) for octet in b"default")])
        daemon.trap("-v", "2c", "-c", "s3cret", "TARGET", "4321", LINK_DOWN, "1.3.6.1.9.1", "i", "-5", "1.3.6.1.9.2", "s",
                    "text", "1.3.6.1.9.3", "a", "192.0.2.7", "1.3.6.1.9.4", "c", "77", "1.3.6.1.9.5", "C", "99999999999",
                    "1.3.6.1.9.6", "o", "1.3.6.1.4.1.9", "1.3.6.1.9.7", "u", "8", "1.3.6.1.9.8", "t", "9")
        daemon.sent += 1
        daemon.send([v1("192.0.2.9", "v1", "s3cret")])
        daemon.sent += 1
        daemon.v3_trap(*credentials(), text="from noc")
        daemon.settled()
        walk = daemon.ask("snmpbulkwalk", v2(), LOG)
        log, variable = f".{LOG}.3.1.1", f".{LOG}.3.2.1"
        expected = [
            f".{LOG}.1.1.0 6", f".{LOG}.1.2.0 1440", f".{LOG}.2.1.0 3", f".{LOG}.2.2.0 0",
            f"{log}.9.{name}.1 .{LINK_DOWN}", f"{log}.9.{name}.2 .1.3.6.1.4.1.9.9.0.42", f"{log}.9.{name}.3 .{LINK_DOWN}",
            f"{log}.6.{name}.1 .1.3.6.1.6.1.1", f"{variable}.6.{name}.1.1 0:0:00:43.21", f"{variable}.7.{name}.1.2 -5",
            f'{variable}.8.{name}.1.3 "text"', f"{variable}.9.{name}.1.4 192.0.2.7", f"{variable}.4.{name}.1.5 77",
            f"{variable}.11.{name}.1.6 99999999999", f"{variable}.10.{name}.1.7 .1.3.6.1.4.1.9", f"{variable}.5.{name}.1.8 8",
            f"{variable}.9.{name}.2.3 192.0.2.9", f'{variable}.8.{name}.2.2 "v1"',
        ]
        missing = [line for line in expected if line not in walk.splitlines()]
        assert not missing, (missing, walk)
        assert DEVICE.hex() in re.sub('[" ]', "", re.search(rf"{re.escape(log)}\.4\.{name}\.3 (.*)", walk)[1]).lower(), walk
        assert "from noc" not in walk and "s3cret" not in walk and f"{variable}.2.{name}.3" not in walk, walk
        for number in range(10):
            daemon.send([v2c(pdu(TRAP, number, text=f"later {number}"))])
            daemon.sent += 1
        daemon.settled()
        walk = daemon.ask("snmpwalk", v2(), LOG)
        numbers = [int(number) for number in re.findall(rf"^{re.escape(log)}\.2\.{name}\.(\d+) ", walk, re.MULTILINE)]
        assert len(numbers) == 6 and numbers == list(range(numbers[0], numbers[0] + 6)) and numbers[0] > 3, walk
        assert f".{LOG}.2.1.0 13" in walk and f".{LOG}.2.2.0 7" in walk and "later 9" in walk, walk
        daemon.closes_balanced()
