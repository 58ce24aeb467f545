"""What Benchmarks/run makes of its rounds: the tables, the targets, the loss curves."""

import statistics

from figures import spread
from measuring import fell_behind

MIB = 1 << 20
QUEUED = 64 * MIB  # less than this may stand in the daemon's queues just after the last send
SPEEDS = {"full": "full speed", "paced": "100,000/s"}
RATE = 0.97  # of what the floor is delivered, by raw batches
COSTS = {"discard": 2.0, "raw-http": 2.0, "raw-file": 2.0, "json-file": 4.0}  # CPU per trap, of the floor's at most
PEERS = {"gosnmp-json": 2.0, "snmptrapd": 8.0}  # CPU per trap, of traplined's with JSON lines in a file at least


def ratios(rounds, above, below, speed, key):
    """Of two receivers within each round in which both were measured."""
    pairs = [(each[speed].get(above), each[speed].get(below)) for each in rounds]
    return [one[key] / other[key] for one, other in pairs if one and other and other[key]]


def of(rounds, name, speed):
    return [each[speed][name] for each in rounds if name in each[speed]]


def row(cells, widths):
    return "  ".join(f"{cell:{'<' if place == 0 else '>'}{width}}" for place, (cell, width) in enumerate(zip(cells, widths)))


def percent(values):
    return spread([100 * value for value in values], "{:.1f}")


def speed_table(rounds, kinds, speed):
    """Median (least to most) of the rounds."""
    widths = (33, 27, 18, 15, 18, 18)
    lines = [row((f"at {SPEEDS[speed]}", "delivered/s", "lost, %", "queues, MiB", "CPU, µs a trap", "x floor"), widths)]
    for kind in kinds:
        results = of(rounds, kind.name, speed)
        queued = [result["queued"] / MIB for result in results if result["queued"] is not None]
        against = ratios(rounds, kind.name, "floor", speed, "cpu_us")
        lines.append(row((
            kind.title, spread([result["rate"] for result in results], "{:.0f}"), percent([r["loss"] for r in results]),
            spread(queued, "{:.0f}") if queued else "-", spread([result["cpu_us"] for result in results], "{:.1f}"),
            spread(against, "{:.2f}") if against else "-"), widths))
    return lines


def ladder_table(rounds, kinds):
    lines = [row(("no loss up to (rung of the ladder)", "traps/s"), (34, 28))]
    for kind in kinds:
        highest = of(rounds, kind.name, "highest")
        capped = "+" if statistics.median(each["capped"] for each in highest) >= 0.5 else ""
        lines.append(row((kind.title, spread([each["rate"] for each in highest], "{:.0f}") + capped), (34, 28)))
    return [*lines, "+: the next rung was beyond the generator, not beyond the receiver"]


def all_results(rounds):
    for each in rounds:
        for speed in SPEEDS:
            yield from each[speed].items()
        for name, results in each["ladder"].items():
            yield from ((name, result) for result in results)


def disagreeing(rounds):
    return [f"{name} at {result['asked']}: {'; '.join(result['disagreements'])}"
            for name, result in all_results(rounds) if result["disagreements"]]


def target(what, values, wanted, at_least, judge=statistics.median):
    """Judged is the median unless told otherwise; nothing is judged that was not measured."""
    if not values:
        return None
    middle = judge(values)
    return {"what": what, "values": values, "wanted": wanted, "at_least": at_least,
            "met": middle >= wanted if at_least else middle <= wanted}


def targets(rounds):
    found = [target(f"{name}: delivered/s at full speed, of the floor's", ratios(rounds, name, "floor", "full", "rate"),
                    RATE, True) for name in ("raw-http", "raw-file")]
    for speed, at in SPEEDS.items():
        found += [target(f"{name}: CPU a trap at {at}, of the floor's", ratios(rounds, name, "floor", speed, "cpu_us"), most,
                         False) for name, most in COSTS.items()]
        found += [target(f"{name}: CPU a trap at {at}, of json-file's", ratios(rounds, name, "json-file", speed, "cpu_us"),
                         least, True) for name, least in PEERS.items()]
    for name in COSTS:
        queued = [result["queued"] / QUEUED for result in of(rounds, name, "full")]
        found.append(target(f"{name}: queues after the last send at full speed, of 64 MiB", queued, 1.0, False, max))
    return [each for each in found if each]


def target_table(judged):
    widths = (62, 24, 10, 8)
    lines = [row(("target", "measured", "wanted", ""), widths)]
    for each in judged:
        sign = ">=" if each["at_least"] else "<="
        lines.append(row((each["what"], spread(each["values"], "{:.2f}"), f"{sign} {each['wanted']:.2f}",
                          "met" if each["met"] else "NOT MET"), widths))
    return lines


def curves(rounds, kinds):
    """Loss in per cent by the rate offered: the median of what was measured at each rung whose pace was kept, and at full
    speed the medians of both."""
    found = {}
    for kind in kinds:
        by_rate = {}
        for name, result in all_results(rounds):
            if name == kind.name and not fell_behind(result):
                by_rate.setdefault(result["asked"], []).append(result)
        middle = lambda results, key: statistics.median(result[key] for result in results)
        found[kind.title] = sorted((middle(results, "offered") if rate == "full" else rate, 100 * middle(results, "loss"))
                                   for rate, results in by_rate.items())
    return found
