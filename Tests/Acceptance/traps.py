"""Notifications, encoded by hand, and sent from addresses of one's own choice."""

import socket

LINK_DOWN, LINK_UP, COLD_START = (f"1.3.6.1.6.3.1.1.5.{last}" for last in (3, 4, 1))
NUMBER = "1.3.6.1.4.1.8072.9999.9999.162.99.9.0"  # the trap's number in its test


def element(tag, content):
    length = len(content)
    if length < 128:
        return bytes([tag, length]) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + content


def integer(value, tag=0x02):
    return element(tag, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def oid(text):
    numbers = [int(part) for part in text.split(".")]
    octets = bytearray([numbers[0] * 40 + numbers[1]])
    for number in numbers[2:]:
        part = [number & 0x7F]
        while number := number >> 7:
            part.insert(0, 0x80 | number & 0x7F)
        octets += bytes(part)
    return element(0x06, bytes(octets))


def varbind(name, value):
    return element(0x30, oid(name) + value)


def trap(number, what=LINK_DOWN, version="2c", pdu="trap", text=""):
    """A notification that carries its number, and a text of any length."""
    own = varbind(NUMBER, integer(number)) + varbind("1.3.6.1.2.1.1.5.0", element(0x04, text.encode()))
    if version == "1":
        enterprise, _, specific = what.rpartition(".0.")  # RFC 3584: an enterprise's own trap
        body = (oid(enterprise) + element(0x40, bytes([192, 0, 2, 9])) + integer(6) + integer(int(specific))
                + integer(number, 0x43) + element(0x30, own))
        message = integer(0) + element(0x04, b"public") + element(0xA4, body)
    else:
        own = (varbind("1.3.6.1.2.1.1.3.0", integer(number, 0x43)) + varbind("1.3.6.1.6.3.1.1.4.1.0", oid(what)) + own)
        body = integer(number) + integer(0) + integer(0) + element(0x30, own)
        message = integer(1) + element(0x04, b"public") + element(0xA7 if pdu == "trap" else 0xA6, body)
    return element(0x30, message)


def number(line):
    """The number of a trap that became a line of JSON."""
    return next(varbind["value"] for varbind in line["varbinds"] if varbind["oid"] == NUMBER)


class Sender:
    """A socket for each source address."""

    def __init__(self, port):
        self.port, self.sockets = port, {}

    def send(self, datagram, source="127.0.0.1", port=None):
        key = (source, port or self.port)
        if key not in self.sockets:
            self.sockets[key] = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.sockets[key].bind((source, 0))
            self.sockets[key].connect(("127.0.0.1", key[1]))
        self.sockets[key].send(datagram)

    def close(self):
        for each in self.sockets.values():
            each.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
