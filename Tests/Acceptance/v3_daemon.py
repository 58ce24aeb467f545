"""A traplined with SNMPv3 users, and what the scenarios of SNMPv3, informs and agents ask of it."""

import os
import re
import subprocess

from api_daemon import APIDaemon
from daemon import PATIENCE, balanced, wait_until
from usm_sender import AUTH_SECRET, DEVICE, PRIV_SECRET, Asker, User

SECRETS = {"V3_AUTH": AUTH_SECRET, "V3_PRIV": PRIV_SECRET}
AUTH = 'auth="SHA-256" auth-secret="env:V3_AUTH"'
PRIV = 'priv="AES-128" priv-secret="env:V3_PRIV"'
NOC = f'<user name="noc" {AUTH} {PRIV} minimum-level="noAuthNoPriv"/>'
USM_STATS, SNMP_ENGINE = "1.3.6.1.6.3.15.1.1", "1.3.6.1.6.3.10.2.1"
UNSUPPORTED_LEVELS, NOT_IN_WINDOW, UNKNOWN_USERS, UNKNOWN_ENGINES, WRONG_DIGESTS, DECRYPTION_ERRORS = range(1, 7)
QUICK_FILE = '<file name="archive" path="-"><batch size="500" max-wait="10ms"/></file>'

noc = User("noc", "SHA-256", AUTH_SECRET, PRIV_SECRET)
noc_without_privacy = User("noc", "SHA-256", AUTH_SECRET)


class V3Daemon(APIDaemon):
    """`users` is XML; `agents` too; `bounds` are attributes of `<security>`. One file engine that writes at once, unless
    others are given."""

    def __init__(self, binaries, directory, engines=QUICK_FILE, users=NOC, agents="", bounds="", **rest):
        self.users, self.agents, self.bounds, self.engines = users, agents, bounds, engines
        os.environ.update(SECRETS)
        super().__init__(binaries, directory, engines, **rest)

    def write(self, engines):
        self.security = f"<security {self.bounds}>{self.users}</security>" + (f"<agents>{self.agents}</agents>" if self.agents else "")
        super().write(engines)

    def asker(self, source="127.0.0.1", host="127.0.0.1"):
        return Asker(self.port, source, host)

    # Real senders

    def notify(self, tool, words, text="", port=None, source=None, host="127.0.0.1", varbinds=(), what="1.3.6.1.6.3.1.1.5.3"):
        """snmptrap or snmpinform; gives whether it is content, which an inform's is where it was answered."""
        own = [f"--clientaddr={source}"] if source else []
        text = ["1.3.6.1.2.1.1.5.0", "s", text] if text else []
        done = self.snmp(tool, *own, *words, f"{host}:{port or self.port}", "", what, *varbinds, *text)
        return done.returncode == 0

    def v3_trap(self, *words, engine=DEVICE, **rest):
        assert self.notify("snmptrap", ["-v", "3", "-e", "0x" + engine.hex(), *words], **rest)
        self.sent += 1

    # What the daemon says

    def refused(self):
        return self.ledger()["refused"]

    def wait_for_arrivals(self):
        """Until all that `sent` counts has come and is through."""
        return self.settled()

    def status(self):
        return self.tool("status", "--state", str(self.state), "--json")

    def settings(self):
        done = subprocess.run(
            [str(self.binaries / "traplined"), "--config", str(self.configuration), "--print-config"],
            capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def objects(self, base, numbers):
        """Scalars of a standard MIB, as Net-SNMP prints them."""

        done = self.snmp("snmpget", "-v", "2c", "-c", "public", "-OqvU", "-Ih", f"127.0.0.1:{self.agent_port}",
                         *[f"{base}.{number}.0" for number in numbers])
        assert done.returncode == 0, done
        # Long octet strings go on in the next line.
        return [line.strip() for line in re.sub(r"(?<=[0-9A-F]) *\n(?=[0-9A-F ]+\"\n)", " ", done.stdout).splitlines()]

    def usm_statistics(self):
        return [int(value) for value in self.objects(USM_STATS, range(1, 7))]


    def engine(self):
        """(engine ID, boots) of the file."""
        text = (self.state / "snmp-engine").read_text()
        return re.search("engine-id ([0-9a-f]+)", text)[1], int(re.search(r"boots (\d+)", text)[1])

    def closes_balanced(self):
        """The end of a scenario: all is settled, the law holds, and the daemon stops cleanly."""
        values = self.settled()
        assert self.stop() == 0, self.log()
        return values


def credentials(user="noc", auth=AUTH_SECRET, priv=PRIV_SECRET, level="authPriv"):
    """Net-SNMP's words for a user of SHA-256 and AES-128."""
    words = ["-u", user, "-l", level]
    if level != "noAuthNoPriv":
        words += ["-a", "SHA-256", "-A", auth]
    if level == "authPriv":
        words += ["-x", "AES", "-X", priv]
    return words


def texts(lines):
    """The last varbind of each line."""
    return [line["varbinds"][-1]["value"] for line in lines]


def assert_no_secret_in(text):
    for secret in SECRETS.values():
        assert secret not in text and secret.encode().hex() not in text.lower(), "a secret is told"
