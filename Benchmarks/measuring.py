"""The measurements of Benchmarks/run: one sending into one receiver, the generator's own limit, the search on the ladder."""

import socket
import statistics

import sequences
from figures import blast

SHAPE = ("--sources", "1", "--varbinds", "4", "--size", "222")  # 222 octets each, padded, whatever their numbers
DATAGRAM = "SNMPv2c traps of 222 octets with 7 varbinds (sysUpTime.0 and snmpTrapOID.0 are two of them) from 1 source"
OCTETS = 222
LADDER = (2000, 5000, 10_000, 15_000, 20_000, 30_000, 40_000, 50_000, 65_000, 80_000, 100_000, 125_000, 150_000, 175_000,
          200_000, 250_000, 300_000, 400_000)
PACE = 0.97  # of what was asked for: below it the generator fell behind, and the rung says nothing of the receiver
ATTEMPTS = 2
RUNG_SECONDS, LEAST = 2, 2000  # how long a rung is kept up, and its least number of traps


def measured(kind, count, rate, spoil=False):
    """One sending into a fresh receiver: `rate` is traps a second, or "full"."""
    with kind() as receiver:
        sent = blast(receiver.port, count, "--rate", rate if rate == "full" else f"{rate}/s", *SHAPE)
        got = receiver.collect()
        if sent["octets"] != OCTETS * count:
            raise SystemExit(f"trapline blast sent {sent['octets'] / count:.1f} octets a trap, not {OCTETS}")
        written = got.pop("written")
        got["sequence"] = None if written is None else sequences.verified(written, count, spoil)
    delivered, nanoseconds = got["delivered"], got["last"] - sent["started"]
    result = {**got, "asked": rate, "offered": sent["rate"], "started": sent["started"], "sent": count,
              "lost": count - delivered, "loss": (count - delivered) / count,
              "rate": delivered / nanoseconds * 1e9 if delivered else 0.0,
              "cpu_us": got["cpu"] / delivered * 1e6 if delivered else 0.0}
    return {**result, "disagreements": sequences.disagreements(result)}


def ceiling(count):
    """The generator's rate into a socket that nobody reads: the kernel drops what has no room, the loop is closed."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        return blast(deaf.getsockname()[1], count, *SHAPE)["rate"]


def fell_behind(result):
    return result["asked"] != "full" and result["offered"] < PACE * result["asked"]


class Rungs:
    """The ladder of one receiver in one round. What was measured at a rung's pace already is not measured again."""

    def __init__(self, kind, ladder, count, known, spoil=False):
        self.kind, self.ladder, self.count, self.spoil = kind, ladder, count, spoil
        self.results = {result["asked"]: result for result in known}
        self.measured, self.capped = [], False

    def is_lossless(self, rate):
        """A rung that the generator could not keep up counts as too high, and as the generator's fault."""
        for _ in range(ATTEMPTS):
            result = self.results.get(rate) or self.at(rate)
            if result["lost"] or not fell_behind(result):
                break
            self.results.pop(rate, None)
        behind = not result["lost"] and fell_behind(result)
        if behind or result["lost"]:
            self.capped = behind
        return not result["lost"] and not behind

    def at(self, rate):
        result = measured(self.kind, max(LEAST, min(self.count, RUNG_SECONDS * rate)), rate, self.spoil)
        self.measured.append(result)
        return result

    def search(self, former=None):
        """The highest rung without loss, 0 where there is none: by bisection, or in steps from where it was in the round
        before until it is enclosed."""
        low, high, step = -1, len(self.ladder), 1
        probe = (low + high) // 2 if former is None else former
        while True:
            if self.is_lossless(self.ladder[probe]):
                low = probe
            else:
                high = probe
            if high - low <= 1:
                self.capped = self.capped or high == len(self.ladder)
                return self.ladder[low] if low >= 0 else 0
            if former is None or (low >= 0 and high < len(self.ladder)):
                probe = (low + high) // 2
            else:
                probe = min(high - 1, low + step) if low >= 0 else max(0, high - step)
                step *= 2


def median_of(results, key):
    return statistics.median(result[key] for result in results)
