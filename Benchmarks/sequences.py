"""What stands at the far end of a run, told by the numbers that `trapline blast` gives each trap: `trapline verify` reads
JSON lines; of raw records and of snmptrapd's log it gets lines with the same numbers."""

import json
import re
import struct
import subprocess

from figures import BINARIES, GENERATOR, PATIENCE, pinned

ROOT = "1.3.6.1.4.1.8072.9999.9999.162.99"
NUMBER, RUN = f"{ROOT}.1.0", f"{ROOT}.3.0"
SPOILED = slice(100, 103)  # the lines that --spoil takes away


def encoded(oid):
    """BER: tag, length, arcs."""
    first, second, *arcs = map(int, oid.split("."))
    octets = bytearray([first * 40 + second])
    for arc in arcs:
        groups = [arc & 0x7f]
        while arc := arc >> 7:
            groups.insert(0, arc & 0x7f | 0x80)
        octets += bytes(groups)
    return bytes([6, len(octets)]) + octets


BER = {oid: encoded(oid) for oid in (NUMBER, RUN)}


def unsigned_after(oid, datagram):
    """The number that is the value of a variable binding."""
    at = datagram.index(BER[oid]) + len(BER[oid])
    return int.from_bytes(datagram[at + 2:at + 2 + datagram[at + 1]], "big")


def line(source, number, run):
    return (f'{{"source":"{source}","varbinds":[{{"oid":"{NUMBER}","value":{number}}},'
            f'{{"oid":"{RUN}","value":{run}}}]}}\n').encode()


def of_raw(path):
    """Walks the records of Documentation/RawFormat.md."""
    octets, at, found = path.read_bytes(), 0, []
    while at < len(octets):
        magic, version, kind, _, head, body = struct.unpack_from(">4sBBHII", octets, at)
        end = at + head + body
        if (magic, version) != (b"TRPL", 1) or octets[end:end + 4] != (head + body + 4).to_bytes(4, "big"):
            raise SystemExit(f"{path}: no raw record at octet {at}")
        if kind == 1:
            datagram = octets[at + head:end]
            found.append(line(octets[at + 32:at + 48].hex(), unsigned_after(NUMBER, datagram), unsigned_after(RUN, datagram)))
        elif kind == 2:
            count, = struct.unpack_from(">Q", octets, at + 16)
            found.append(f'{{"missed":{{"count":{count}}}}}\n'.encode())
        at = end + 4
    return found


LOGGED = re.compile(rb"UDP: \[([0-9.]+)\].*?\." + re.escape(NUMBER).encode() + rb" = Counter64: (\d+).*?\."
                    + re.escape(RUN).encode() + rb" = Gauge32: (\d+)", re.DOTALL)


def of_log(path):
    """Of snmptrapd -n -On -Lf."""
    return [line(source.decode(), int(number), int(run)) for source, number, run in LOGGED.findall(path.read_bytes())]


def verified(written, expected, spoil=False):
    """What `trapline verify` says of a file of JSON lines, or of such lines. `spoil` takes some away first: then the run
    has to fail."""
    if spoil:
        written = written if isinstance(written, list) else written.read_bytes().splitlines(keepends=True)
        del written[SPOILED]
    place, lines = ("-", b"".join(written)) if isinstance(written, list) else (written, None)
    command = [BINARIES / "trapline", "verify", place, "--expect", expected, "--json"]
    done = subprocess.run(pinned(GENERATOR, *command), input=lines, capture_output=True, timeout=PATIENCE)
    if not done.stdout:
        raise SystemExit(f"trapline verify says nothing: {done.stderr.decode()}")
    return json.loads(done.stdout)


def disagreements(result):
    """Where the account (ledger, or kernel drops of who keeps none) and the far end say different things."""
    said = []
    sent, delivered, seen = result["sent"], result["delivered"], result["sequence"]
    if delivered + result["accounted"] != sent:
        said.append(f"of {sent} sent {delivered} are delivered and {result['accounted']} accounted for")
    if result["far_end"] is not None and result["far_end"] != delivered:
        said.append(f"{delivered} delivered by the ledger, {result['far_end']} at the far end")
    if seen is not None:
        for what, wanted in (("traps", delivered), ("missing", sent - delivered), ("twice", 0), ("outOfOrder", 0),
                             ("other", 0)):
            if seen[what] != wanted:
                said.append(f"by sequence numbers {what} is {seen[what]}, not {wanted}")
    return said
