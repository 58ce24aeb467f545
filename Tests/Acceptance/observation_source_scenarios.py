"""What is known of sources. Each scenario is a function whose docstring is the demand."""

import re
import signal
import socket

from daemon import ROOT, Daemon, balanced, temporary_directory, wait_until
from usm_sender import TRAP, pdu, v2c

DISCARD = '<discard name="archive"/>'
LIMIT = '<sources limit="{}"/>'


def send(daemon, source, *datagrams):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.bind((source, 0))
        for datagram in datagrams:
            sender.sendto(datagram, ("127.0.0.1", daemon.port))


def column(daemon, name):
    """A column of the table, by index."""
    done = daemon.snmp("snmpbulkwalk", "-v", "2c", "-c", "public", "-Oq", "-OU", "-Cr50", "-M", f"+{ROOT}/Config/mibs", "-m",
                       "TRAPLINE-MIB", f"127.0.0.1:{daemon.agent_port}", f"TRAPLINE-MIB::traplineSource{name}")
    assert done.returncode == 0, done.stderr
    return {int(index): value for index, value in re.findall(r"\.(\d+) (.*)$", done.stdout, re.MULTILINE)}


def numbers(daemon, name):
    return {index: int(value) for index, value in column(daemon, name).items()}


def sources_add_up_to_the_ledger(binaries):
    """Each source's traps, good, refused and held over a reload, are its own; together they are what arrived."""
    trap, other = v2c(pdu(TRAP, 1)), v2c(pdu(TRAP, 2))
    with temporary_directory() as path, Daemon(binaries, path, DISCARD, default="archive").start() as daemon:
        for host in range(1, 101):
            source = f"127.1.0.{host}"
            send(daemon, source, *[trap] * (host % 5 + 1), b"no trap")
            if host == 50:
                daemon.signal(signal.SIGHUP)
        send(daemon, "127.1.0.1", *[other] * 10)
        total = sum(host % 5 + 2 for host in range(1, 101)) + 10
        values = daemon.at_rest(total)
        balanced(values)
        wait_until(lambda: sum(numbers(daemon, "Arrived").values()) == total, "all sources to be told of")
        arrived, refused = numbers(daemon, "Arrived"), numbers(daemon, "Refused")
        assert len(arrived) == 100 and sorted(arrived) == list(range(1, 101)), arrived
        assert sum(refused.values()) == values["Refused"] == 100, (refused, values)
        assert arrived[1] == 1 % 5 + 2 + 10 and refused[1] == 1, (arrived[1], refused[1])
        for host in range(2, 101):
            assert arrived[host] == host % 5 + 2, (host, arrived[host])


def made_up_sources_push_out_no_device(binaries):
    """The table has a bound. A flood of refused datagrams from many addresses costs no device its row."""
    trap = v2c(pdu(TRAP, 1))
    with temporary_directory() as path, Daemon(
            binaries, path, DISCARD, daemon=LIMIT.format("64KiB")).start() as daemon:
        for host in range(1, 101):
            send(daemon, f"127.1.0.{host}", trap)
        wait_until(lambda: len(numbers(daemon, "Arrived")) == 100, "100 rows")
        for net in range(2, 12):
            for host in range(1, 251):
                send(daemon, f"127.1.{net}.{host}", b"made up")
        daemon.at_rest(2600)
        wait_until(lambda: daemon.get("traplineSourceCount") + daemon.get("traplineSourceForgotten") == 2600,
                   "all sources to be told of")
        kept = set(numbers(daemon, "Arrived"))
        assert set(range(1, 101)) <= kept, sorted(set(range(1, 101)) - kept)
        assert max(kept) > 2000, max(kept)
