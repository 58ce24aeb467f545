"""SNMPv3 and informs from real senders: the whole matrix, and the table of it in the documentation."""

import os
import pathlib

from certificates import Certificates
from daemon import ROOT, Daemon, balanced, free_port, temporary_directory
from scenarios import STDOUT
from sender_matrix import ALL, AUTH_SECRET, PRIV_SECRET, V3, Gosnmp, NetSNMP, Pysnmp, SecuredNetSNMP, columns, table

DOCUMENT = ROOT / "Documentation" / "Senders.md"
BEGIN, END = "<!-- matrix -->\n", "<!-- /matrix -->\n"


class MatrixDaemon(Daemon):
    """Listens by UDP and, on the same port, by TCP, by TLS and DTLS on ports of their own; knows a user for each pair of
    protocols, and a device by its certificate."""

    def __init__(self, binaries, directory, engines):
        self.certificates = Certificates(directory).all()
        self.secured = {"tlstcp": free_port(), "dtlsudp": free_port()}
        super().__init__(binaries, directory, engines)
        self.certificates.install(self.tool_environment())

    def write(self, engines):
        users = "".join(security.element() for security in V3)
        self.security = f'<security>{users}{self.certificates.element("obsolete")}</security>'
        addresses = {"stream": f"tcp:[::]:{self.port}"} | {name: f"{name}:[::]:{port}" for name, port in self.secured.items()}
        self.more_listeners = "".join(
            f'<listener name="{name}" address="{address}" metadata="routes" accept="all"/>'
            for name, address in addresses.items())
        super().write(engines)

    def tool_environment(self):
        return {**super().tool_environment(), "OPENSSL_CONF": str(self.certificates.path("obsolete.cnf"))}


def every_combination_that_real_senders_know_is_delivered_and_every_inform_answered(binaries):
    os.environ.update(MATRIX_AUTH=AUTH_SECRET, MATRIX_PRIV=PRIV_SECRET)
    with temporary_directory() as path, MatrixDaemon(binaries, path, STDOUT).start() as daemon:
        senders = [NetSNMP(transport, daemon.tool_environment()) for transport in ("udp", "udp6", "tcp")]
        senders += [SecuredNetSNMP(transport, daemon.tool_environment(), port) for transport, port in daemon.secured.items()]
        if packages := Pysnmp.install():
            senders += [Pysnmp(packages, transport) for transport in ("udp", "udp6")]
        if program := Gosnmp.build(pathlib.Path(path)):
            senders += [Gosnmp(program, transport) for transport in ("udp", "tcp")]
        orders = {sender.title: [(security, kind, f"{sender.title}: {security.title} {kind}")
                                 for security in sender.securities for kind in security.kinds] for sender in senders}
        problems = {sender.title: dict(zip(
            [(security.title, kind) for security, kind, _ in orders[sender.title]],
            sender.send(orders[sender.title], daemon.port))) for sender in senders}
        wanted = {text: (security, kind) for some in orders.values() for security, kind, text in some}
        sent = [text for title, some in orders.items() for security, kind, text in some
                if problems[title][(security.title, kind)] is None]
        lines = {line["varbinds"][-1]["value"]: line for line in daemon.wait_for_lines(len(sent))}
        for title, some in orders.items():
            for security, kind, text in some:
                problem = problems[title][(security.title, kind)] or mistake(lines.get(text), *wanted[text])
                problems[title][(security.title, kind)] = problem
        failures = [f"{title}: {what}: {problem}" for title, some in problems.items()
                    for what, problem in some.items() if problem]
        assert not failures, "\n".join(failures[:20] + [daemon.log()[-2000:]])
        assert len(daemon.lines()) == len(wanted), "something came twice"
        values = daemon.at_rest(len(wanted))
        balanced(values)
        missing = compare(table(problems))
        assert daemon.stop() == 0, daemon.log()
        note = f"; not at hand, so not compared: {'; '.join(missing)}" if missing else ", the table is the documentation's"
        return f"{len(wanted)} combinations of {len(senders)} senders{note}"


def mistake(line, security, kind):
    """What is wrong with the delivered line; None where nothing is."""
    if line is None:
        return "not delivered"
    wanted = {"version": security.version, "pdu": kind}
    if security.version == "3":
        wanted |= {"user": security.user, "level": security.level, "verified": True}
    found = {key: line.get(key) for key in wanted}
    return None if found == wanted else f"delivered as {found}"


def compare(markdown):
    """Each column of this run is the documentation's; gives the senders that the documentation has and this run has not.
    TRAPLINE_WRITE=1 writes the table, where all senders are at hand."""
    head, rest = DOCUMENT.read_text().split(BEGIN)
    written, tail = rest.split(END)
    seen, known = columns(markdown), columns(written)
    missing = [title for title in known if title not in seen]
    if os.environ.get("TRAPLINE_WRITE") == "1":
        assert not missing, f"to write the table these senders are needed: {missing}"
        DOCUMENT.write_text(head + BEGIN + markdown + END + tail)
        return []
    for title, cells in seen.items():
        assert cells == known.get(title), f"Documentation/Senders.md is not what this run saw of {title}"
    assert missing or written == markdown, "Documentation/Senders.md has another order or other rows than this run"
    return missing
