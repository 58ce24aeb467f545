"""Reads raw records by Documentation/RawFormat.md alone."""

import ipaddress
import struct

TRAP, GAP = 1, 2


def address(octets):
    found = ipaddress.IPv6Address(octets)
    return str(found.ipv4_mapped or found)


def text(octets, at):
    size, = struct.unpack_from(">I", octets, at)
    return octets[at + 4:at + 4 + size].decode(), at + 4 + size


def trap(header, body):
    sequence, received = struct.unpack_from(">Qq", header, 16)
    listener, _ = text(header, 52)
    return {"sequence": sequence, "received": received, "source": address(header[32:48]), "listener": listener,
            "datagram": body}


def gap(header, _):
    count, first, last, since, until = struct.unpack_from(">QQQqq", header, 16)
    return {"missed": {"count": count, "first": first, "last": last, "from": since, "until": until,
                       "cause": text(header, 56)[0]}}


def records(octets):
    """One for each, in their order; types that nobody knows are skipped, as the format asks."""
    at = 0
    while at < len(octets):
        magic, version, kind, _, head, body = struct.unpack_from(">4sBBHII", octets, at)
        assert (magic, version) == (b"TRPL", 1), octets[at:at + 16].hex()
        end = at + head + body
        assert struct.unpack_from(">I", octets, end) == (head + body + 4,), "the size at the record's end"
        if kind in (TRAP, GAP):
            yield {TRAP: trap, GAP: gap}[kind](octets[at:at + head], octets[at + head:end])
        at = end + 4
