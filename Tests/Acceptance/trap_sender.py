"""SNMPv1 traps made by hand, numbered, from many sources of the loopback network, at a pace that no socket drops."""

import ipaddress
import socket
import struct
import time

FIRST_NUMBER = 1 << 24  # so that every number takes four octets in BER
ENTERPRISE = bytes.fromhex("06072b06010401bf08")  # 1.3.6.1.4.1.8072
VARBINDS = bytes.fromhex("300e300c06072b06010201010702014e")  # 1.3.6.1.2.1.1.7 INTEGER 78
TRAP_OID = "1.3.6.1.4.1.8072.0."  # and the number: what RFC 3584 makes of it


def trap(number, source):
    """A v1 trap of 61 octets: community `public`, enterprise-specific, its number is the specific trap."""
    pdu = (ENTERPRISE + b"\x40\x04" + ipaddress.IPv4Address(source).packed + b"\x02\x01\x06"
           + b"\x02\x04" + struct.pack("!I", FIRST_NUMBER + number) + b"\x43\x04\x01\x00\x00\x00" + VARBINDS)
    message = b"\x02\x01\x00\x04\x06public\xa4" + bytes([len(pdu)]) + pdu
    datagram = b"\x30" + bytes([len(message)]) + message
    assert len(datagram) == 61, len(datagram)
    return datagram


def number_of(line):
    """The number that a trap was sent with, from its JSON record."""
    return line["specific"] - FIRST_NUMBER


def addresses(count, block="127.0.1.0"):
    """So many addresses of the loopback network, beginning behind `block`; no two next to each other share a parity."""
    first = int(ipaddress.IPv4Address(block)) + 1
    return [str(ipaddress.IPv4Address(first + index)) for index in range(count)]


class Sender:
    """Sends from many addresses, each trap with the next number of its source, beginning with 0."""

    def __init__(self, port, sources):
        self.sockets, self.sent = {}, {}
        for source in sources:
            made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            made.bind((source, 0))
            made.connect(("127.0.0.1", port))
            self.sockets[source], self.sent[source] = made, 0

    def send(self, source, count=1):
        number = self.sent[source]
        for _ in range(count):
            self.sockets[source].send(trap(number, source))
            number += 1
        self.sent[source] = number

    def rounds(self, count):
        """So many traps from each source, in turn."""
        for _ in range(count):
            for source in self.sockets:
                self.send(source)

    def paced(self, count, rate):
        """So many traps, the sources in turn, at about that rate a second."""
        order = list(self.sockets)
        start = time.monotonic()
        for index in range(count):
            self.send(order[index % len(order)])
            if index % 20 == 19:
                ahead = start + (index + 1) / rate - time.monotonic()
                if ahead > 0:
                    time.sleep(ahead)

    def total(self):
        return sum(self.sent.values())

    def close(self):
        for made in self.sockets.values():
            made.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Sent:
    """In place of a sender: what should have come."""

    def __init__(self, sent):
        self.sent = sent


def by_source(lines):
    """The numbers of each source, in the order in which they came."""
    numbers = {}
    for line in lines:
        if "missed" not in line:
            numbers.setdefault(line["source"], []).append(number_of(line))
    return numbers


def assert_all_in_order(lines, sender):
    """Each trap of each source once, in the order in which it was sent."""
    came = by_source(lines)
    for source, sent in sender.sent.items():
        numbers = came.pop(source, [])
        assert numbers == list(range(sent)), (source, sent, len(numbers), numbers[:50])
    assert not came, f"from nobody: {sorted(came)[:10]}"


def assert_in_order(lines):
    """No trap twice, and none before one that its source sent earlier."""
    for source, numbers in by_source(lines).items():
        assert numbers == sorted(set(numbers)), (source, numbers[:50])
