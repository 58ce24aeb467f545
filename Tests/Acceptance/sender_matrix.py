"""Every combination of sender, transport, version, security and kind that real senders at hand can send."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

from daemon import ROOT, PATIENCE

SENDERS = pathlib.Path(__file__).parent / "senders"
AUTHENTICATIONS = ["MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"]
PRIVACIES = ["DES", "AES-128", "AES-192", "AES-256", "AES-192-C", "AES-256-C"]
AUTH_SECRET, PRIV_SECRET = "authentication", "private enough"


class Security:
    """One version with one level and its protocols; a user of its own for each of SNMPv3's."""

    def __init__(self, version, auth=None, priv=None):
        self.version, self.auth, self.priv = version, auth, priv

    @property
    def user(self):
        return "-".join(["u", *[part for part in (self.auth, self.priv) if part]]).lower()

    @property
    def level(self):
        return "authPriv" if self.priv else "authNoPriv" if self.auth else "noAuthNoPriv"

    @property
    def title(self):
        if self.version != "3":
            return f"v{self.version}"
        return "v3 " + (", ".join(part for part in (self.auth, self.priv) if part) or "noAuthNoPriv")

    def element(self):
        """Its `<user>`."""
        text = f'<user name="{self.user}"'
        if self.auth:
            text += f' auth="{self.auth}" auth-secret="env:MATRIX_AUTH"'
        if self.priv:
            text += f' priv="{self.priv}" priv-secret="env:MATRIX_PRIV"'
        return text + "/>"

    @property
    def kinds(self):
        return ["trap"] if self.version == "1" else ["trap", "inform"]


class Certificate(Security):
    """SNMPv3 whose user is the certificate's (RFC 6353): by TLS and DTLS alone."""

    user, level, title = "router-7", "authPriv", "v3 by certificate (TSM)"

    def __init__(self):
        super().__init__("3")


V3 = [Security("3")] + [Security("3", auth) for auth in AUTHENTICATIONS] + [
    Security("3", auth, priv) for auth in AUTHENTICATIONS for priv in PRIVACIES]
COMMUNITIES = [Security("1"), Security("2c")]
CERTIFICATE = Certificate()
ALL = COMMUNITIES + V3 + [CERTIFICATE]


class NetSNMP:
    """Debian's snmptrap and snmpinform."""

    NAMES = {"SHA-1": "SHA", "AES-128": "AES"}
    securities = COMMUNITIES + V3

    def __init__(self, transport, environment):
        self.title = f"Net-SNMP, {transport}"
        self.transport, self.environment = transport, environment

    def send(self, orders, port):
        host = "udp6:[::1]" if self.transport == "udp6" else f"{self.transport}:127.0.0.1"
        for security, kind, text in orders:
            done = subprocess.run(
                ["snmpinform" if kind == "inform" else "snmptrap", "-t", "10", "-r", "2", *self.security(security, kind),
                 f"{host}:{port}", *self.notification(security, text)],
                env=self.environment, capture_output=True, text=True, timeout=2 * PATIENCE)
            yield None if done.returncode == 0 else done.stderr.strip().splitlines()[-1]

    def security(self, security, kind):
        if security.version != "3":
            return ["-v", security.version, "-c", "public"]
        words = ["-v", "3", "-u", security.user, "-l", security.level]
        if kind == "trap":
            words += ["-e", "0x8000000001020304"]
        if security.auth:
            words += ["-a", self.NAMES.get(security.auth, security.auth), "-A", AUTH_SECRET]
        if security.priv:
            words += ["-x", self.NAMES.get(security.priv, security.priv), "-X", PRIV_SECRET]
        return words

    @staticmethod
    def notification(security, text):
        varbind = ["1.3.6.1.2.1.1.5.0", "s", text]
        if security.version == "1":
            return ["1.3.6.1.4.1.9.9", "192.0.2.9", "6", "42", "100", *varbind]
        return ["", "1.3.6.1.6.3.1.1.5.3", *varbind]


class SecuredNetSNMP(NetSNMP):
    """The same by `tlstcp` or `dtlsudp`, as the device that has the certificate."""

    securities = [CERTIFICATE]

    def __init__(self, transport, environment, port):
        super().__init__(transport, environment)
        self.port = port

    def send(self, orders, port):
        yield from super().send(orders, self.port)

    def security(self, security, kind):
        return ["-v", "3", "--defSecurityModel=tsm", "-l", "authPriv", "-u", "whoever", "-e", "0x8000000001020304", "-T",
                "our_identity=device", "-T", "their_identity=server"]


class Gosnmp:
    """Debian's gosnmp, which Telegraf and others are built on, where Go is at hand."""

    SOURCES = "/usr/share/gocode"
    securities = COMMUNITIES + V3

    def __init__(self, program, transport):
        self.title = f"gosnmp, {transport}"
        self.program, self.transport = program, transport

    @classmethod
    def build(cls, directory):
        if not shutil.which("go") or not pathlib.Path(cls.SOURCES, "src/github.com/gosnmp").is_dir():
            return None
        program = directory / "gosnmp_sender"
        subprocess.run(
            ["go", "build", "-o", str(program), str(SENDERS / "gosnmp_sender.go")], check=True, timeout=300,
            env={**os.environ, "GO111MODULE": "off", "CGO_ENABLED": "0", "GOPATH": cls.SOURCES, "GOCACHE": str(directory / "go-cache")})
        return program

    def send(self, orders, port):
        for security, kind, text in orders:
            words = [str(self.program), "-port", str(port), "-transport", self.transport, "-version", security.version,
                     "-user", security.user, "-text", text, "-auth", security.auth or "", "-priv", security.priv or ""]
            if kind == "inform":
                words.append("-inform")
            done = subprocess.run(words, capture_output=True, text=True, timeout=2 * PATIENCE)
            yield None if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


class Pysnmp:
    """pysnmp 7, where PyPI can be reached; kept under .build."""

    securities = COMMUNITIES + V3
    RELEASE, CRYPTOGRAPHY = "7.1.30", "cryptography"

    def __init__(self, packages, transport):
        self.title = f"pysnmp {self.RELEASE}, {transport}"
        self.packages, self.transport = packages, transport

    @classmethod
    def install(cls):
        packages = ROOT / ".build" / f"pysnmp-{cls.RELEASE}"
        if not (packages / "complete").exists():
            done = subprocess.run(
                [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target",
                 str(packages), f"pysnmp=={cls.RELEASE}", cls.CRYPTOGRAPHY], capture_output=True, text=True, timeout=300)
            if done.returncode != 0:
                return None
            (packages / "complete").touch()
        return packages

    def send(self, orders, port):
        host = {"udp": "127.0.0.1", "udp6": "::1"}[self.transport]
        lines = [json.dumps({"id": number, "host": host, "port": port, "version": security.version, "kind": kind,
                             "user": security.user, "auth": security.auth, "priv": security.priv, "text": text})
                 for number, (security, kind, text) in enumerate(orders)]
        done = subprocess.run(
            [sys.executable, str(SENDERS / "pysnmp_sender.py")], input="\n".join(lines) + "\n", text=True,
            env={**os.environ, "PYTHONPATH": str(self.packages)}, capture_output=True, timeout=600)
        answers = dict(json.loads(line) for line in done.stdout.splitlines())
        for number in range(len(orders)):
            yield answers.get(number, done.stderr.strip()[-300:] or "it sent nothing")


def columns(markdown):
    """A table's cells as {sender's title: {security's title: cell}}."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in markdown.splitlines()]
    head, body = rows[0], rows[2:]
    return {title: {row[0]: row[place] for row in body} for place, title in enumerate(head) if title}


def table(results):
    """`results`: {sender's title: {(security's title, kind): None or what went wrong}}. As Markdown."""
    titles = list(results)
    rows = ["| | " + " | ".join(titles) + " |", "|---" * (len(titles) + 1) + "|"]
    for security in ALL:
        cells = []
        for title in titles:
            outcomes = [(kind, results[title].get((security.title, kind), "")) for kind in security.kinds]
            cells.append(", ".join(f"{kind} {'✓' if problem is None else '–' if problem == '' else '✗'}"
                                   for kind, problem in outcomes))
        rows.append(f"| {security.title} | " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"
