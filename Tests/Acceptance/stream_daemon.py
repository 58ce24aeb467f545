"""A traplined that listens by TCP, TLS and DTLS, and what the scenarios of these ask of it."""

import contextlib
import pathlib
import re
import socket
import ssl
import subprocess

from certificates import Certificates
from daemon import PATIENCE, free_port, wait_until
from v3_daemon import NOC, V3Daemon, texts

LINK_DOWN = "1.3.6.1.6.3.1.1.5.3"
TSM = ["-v", "3", "--defSecurityModel=tsm", "-l", "authPriv", "-u", "whoever", "-e", "0x8000000001020304"]


class StreamDaemon(V3Daemon):
    """Listeners `tcp`, `tlstcp` and `dtlsudp`; `limits` are attributes of each of them."""

    def __init__(self, binaries, directory, versions="current", limits="", **rest):
        self.certificates = Certificates(directory).all()
        self.ports = {"tcp": free_port(), "tlstcp": free_port(), "dtlsudp": free_port()}
        listeners = "".join(f'<listener name="{name}" address="{name}:[::]:{port}" metadata="routes" accept="all" {limits}/>'
                            for name, port in self.ports.items())
        super().__init__(binaries, directory, users=NOC + self.certificates.element(versions), listeners=listeners, **rest)
        self.certificates.install(self.tool_environment())

    def tool_environment(self):
        return {**super().tool_environment(), "OPENSSL_CONF": str(self.certificates.path("obsolete.cnf"))}

    def tell(self, tool, scheme, words, text, host="127.0.0.1", identity=None, patience="5"):
        """snmptrap or snmpinform by `scheme`; gives what it has to complain about, None where it is content."""
        own = ["-T", f"our_identity={identity}", "-T", "their_identity=server"] if identity else []
        port = self.ports[scheme.replace("6", "")]
        done = self.snmp(tool, "-r", "0", "-t", patience, *words, *own, f"{scheme}:{host}:{port}", "", LINK_DOWN,
                         "1.3.6.1.2.1.1.5.0", "s", text)
        return None if done.returncode == 0 else done.stderr

    def connections(self, listener):
        """What the ledger says of its connections."""
        row = next(row for row in self.ledger()["listeners"] if row["name"] == listener)
        return row.get("connections") or {}

    def wait_for_connections(self, listener, **wanted):
        def read():
            last.append(self.connections(listener))
            return all(last[-1].get(name, 0) == count for name, count in wanted.items())
        last = []
        try:
            wait_until(read, f"{wanted} at {listener}")
        except AssertionError as reason:
            raise AssertionError(f"{reason}: {last[-1]}\n{self.log()}") from None

    def warnings(self, listener, text, count=1):
        """The log's lines about peers of a listener, once there are so many: a line comes after what it tells of."""
        def read():
            found = [line for line in self.log().splitlines() if f"listener {listener}: " in line and text in line]
            return found if len(found) >= count else None
        try:
            return wait_until(read, f"{count} lines of {listener} with {text!r}")
        except AssertionError as reason:
            raise AssertionError(f"{reason}\n{self.log()}") from None

    def arrives(self, count, text=None):
        """So many have come in all; the last of them has this text."""
        lines = self.wait_for_lines(count)
        assert text is None or texts(lines)[-1] == text, lines[-1]
        self.sent = count
        return lines

    @contextlib.contextmanager
    def connected(self, listener="tcp", source="127.0.0.1"):
        with socket.create_connection(("127.0.0.1", self.ports[listener]), PATIENCE, (source, 0)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            yield connection

    @contextlib.contextmanager
    def secured(self, identity="device", source="127.0.0.1"):
        """A TLS connection of this peer; of nobody where `identity` is None."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(self.certificates.path("authority.crt"))
        if identity:
            context.load_cert_chain(self.certificates.path(f"{identity}.crt"), self.certificates.path(f"{identity}.key"))
        with self.connected("tlstcp", source) as connection, \
                context.wrap_socket(connection, server_hostname="localhost") as secured:
            yield secured

    def resident(self):
        """KiB."""
        return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text())[1])


def ended(connection):
    """Whether the daemon ends the connection, having sent nothing."""
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True


def name_of(connection):
    host, port = connection.getsockname()[:2]
    return f"{host}:{port}"


def shown_by_dtls(daemon, identity="device"):
    """The certificate, as PEM."""
    files = daemon.certificates
    done = subprocess.run(
        ["openssl", "s_client", "-dtls1_2", "-connect", f"127.0.0.1:{daemon.ports['dtlsudp']}", "-cert",
         str(files.path(f"{identity}.crt")), "-key", str(files.path(f"{identity}.key"))],
        input="", capture_output=True, text=True, timeout=PATIENCE)
    begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
    assert begin in done.stdout, done
    return begin + done.stdout.split(begin)[1].split(end)[0] + end + "\n"


@contextlib.contextmanager
def dtls(daemon, identity="device"):
    """openssl's client, whose standard input is the peer's messages."""
    files = daemon.certificates
    process = subprocess.Popen(
        ["openssl", "s_client", "-dtls1_2", "-quiet", "-no_ign_eof", "-connect", f"127.0.0.1:{daemon.ports['dtlsudp']}",
         "-cert", str(files.path(f"{identity}.crt")), "-key", str(files.path(f"{identity}.key"))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)
