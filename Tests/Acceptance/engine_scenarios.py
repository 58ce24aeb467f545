"""Processing engines that register while the daemon runs: what each may ask for, and what it is told."""

import json
import pathlib

import raw_records
from api_daemon import APIDaemon, numbers
from daemon import free_port, temporary_directory, wait_until
from traps import COLD_START, LINK_DOWN, LINK_UP, number, trap


def an_engine_registers_takes_acknowledges_and_ends(binaries):
    with temporary_directory() as directory, APIDaemon(binaries, directory).start() as daemon:
        engine = daemon.register("noc")
        assert engine.registered.status == 201, engine.registered
        assert engine.registered.headers["Location"] == "/v1/engines/noc"
        view = engine.registered.json()
        assert (view["kind"], view["origin"]) == ("pull", "registration") and 0 < view["leaseSeconds"] <= 60, view
        assert view["registration"]["lease"] == "1m" and view["registration"]["start"] == "now", view
        daemon.traps(range(3))
        batch = engine.take()
        assert batch.headers["Content-Type"] == "application/x-ndjson" and batch.headers["Trapline-Engine"] == "noc"
        lines = batch.lines() + [line for more in iter(lambda: taken(engine, batch), None) for line in more]
        assert numbers(lines) == [0, 1, 2], lines
        assert daemon.register("noc").registered.status == 200
        for method in ("PUT", "DELETE"):
            answer = daemon.api.call(method, "/v1/engines/archive")
            assert answer.status == 409 and "configuration" in answer.json()["detail"], answer
        view = wait_until(lambda: (view := daemon.api.engine("noc"))["delivered"] == 3 and view, "three delivered")
        assert (view["routed"], view["missed"], view["backlog"]["queued"]) == (3, {}, 0), view
        assert engine.end().status == 204
        assert daemon.api.call("GET", "/v1/engines/noc").status == 404
        assert daemon.api.call("GET", "/v1/engines/noc/batch").status == 404
        daemon.traps([4])
        values = daemon.settled()
        assert values["Delivered"] == 4 + 3, values  # the archive's four and the engine's three


def taken(engine, first):
    """Acknowledges a batch, and gives the lines of the next one; None when nothing comes any more."""
    engine.pending = getattr(engine, "pending", first)
    if engine.pending is None:
        return None
    assert engine.acknowledge(engine.pending).status == 204
    engine.pending = engine.take("300ms")
    return engine.pending and engine.pending.lines()


def selectors_choose_by_every_key(binaries):
    """Each key of the grammar alone in `subscribe` and in `filter`, and keys together, against a predicate."""
    other = free_port()
    second = f'<listener name="second" address="udp:[::]:{other}" metadata="routes" accept="all"/>'
    selections = {
        "source": ({"source": ["127.0.0.2/32", "10.0.0.0/8"]}, lambda t: t["source"] == "127.0.0.2"),
        "trap": ({"trap": ["1.3.6.1.6.3.1.1.5"]}, lambda t: t["what"].startswith("1.3.6.1.6.3.1.1.5.")),
        "version": ({"version": ["1"]}, lambda t: t["version"] == "1"),
        "listener": ({"listener": ["second"]}, lambda t: t["listener"] == "second"),
        "pdu": ({"pdu": ["inform"]}, lambda t: t["pdu"] == "inform"),
        "together": ({"source": ["127.0.0.3"], "trap": [LINK_DOWN, COLD_START]},
                     lambda t: t["source"] == "127.0.0.3" and t["what"] in (LINK_DOWN, COLD_START)),
    }
    kinds = [{"what": LINK_DOWN}, {"what": LINK_UP}, {"what": COLD_START}, {"what": "1.3.6.1.4.1.9.9.0.42"},
             {"what": "1.3.6.1.4.1.9.9.0.42", "version": "1"}, {"what": LINK_DOWN, "pdu": "inform"}]
    sent = [{"version": "2c", "pdu": "trap", "source": source, "listener": listener, **kind}
            for source in ("127.0.0.2", "127.0.0.3") for listener in ("main", "second") for kind in kinds]
    with temporary_directory() as directory, APIDaemon(binaries, directory, listeners=second).start() as daemon:
        engines = {}
        for name, (selection, wants) in selections.items():
            engines[daemon.register(f"only-{name}", subscribe=[selection])] = wants
            engines[daemon.register(f"not-{name}", filter=[selection])] = lambda t, wants=wants: not wants(t)
        either = [selections["version"][0], selections["pdu"][0]]
        engines[daemon.register("either", subscribe=either)] = lambda t: t["version"] == "1" or t["pdu"] == "inform"
        engines[daemon.register("none", subscribe=[])] = lambda t: False
        for index, each in enumerate(sent):
            datagram = trap(index, each["what"], each["version"], each["pdu"])
            daemon.sender.send(datagram, each["source"], other if each["listener"] == "second" else None)
        daemon.sent = len(sent)
        wait_until(lambda: daemon.get("traplineArrived") == len(sent), "all to arrive")
        for engine, wants in engines.items():
            wanted = [index for index, each in enumerate(sent) if wants(each)]
            assert sorted(numbers(engine.drain(len(wanted)))) == wanted, (engine.name, engine.delivered)
            assert engine.take("0") is None, engine.name
        daemon.settled()
        views = daemon.api.engines()
        assert all(views[engine.name]["delivered"] == len(engine.traps()) for engine in engines), views
        return f"{len(engines)} engines, {len(sent)} traps, {sum(len(engine.traps()) for engine in engines)} delivered"


def a_strange_acknowledgement_is_404_and_counted(binaries):
    with temporary_directory() as directory, APIDaemon(binaries, directory).start() as daemon:
        own, foreign = daemon.register("own"), daemon.register("foreign", subscribe=[])
        daemon.traps([1])
        batch = own.take()
        before = daemon.ledger()["gauges"]["unknownCompletions"]
        assert foreign.acknowledge(batch).status == 404, "another's batch"
        assert own.acknowledge("999999-1").status == 404, "an unknown batch"
        assert own.acknowledge(batch).status == 204
        assert own.acknowledge(batch).status == 404, "the second acknowledgement"
        assert own.acknowledge(batch, "dead").status == 404, "another answer after the first"
        assert daemon.ledger()["gauges"]["unknownCompletions"] == before + 4, daemon.ledger()["gauges"]
        assert daemon.settled()["Delivered"] == 2


def retry_gives_the_same_batch_and_dead_finds_the_poison(binaries):
    with temporary_directory() as directory, APIDaemon(binaries, directory).start() as daemon:
        engine = daemon.register("noc", batch={"size": 8, "maxWait": "10s"})
        daemon.traps(range(8))
        first = engine.take("10s")
        assert numbers(first.lines()) == list(range(8)), first
        assert engine.acknowledge(first, "retry").status == 204
        again = engine.take("10s")
        assert again.headers["Trapline-Batch"] == first.headers["Trapline-Batch"] and again.body == first.body
        batch, asked, kept = again, 0, []
        while len(kept) < 7:
            asked += 1
            if 5 in numbers(batch.lines()):
                assert engine.acknowledge(batch, "dead").status == 204
            else:
                assert engine.acknowledge(batch).status == 204
                kept += numbers(batch.lines())
            batch = engine.take("1s") if len(kept) < 7 else None
        assert kept == [0, 1, 2, 3, 4, 6, 7], kept
        values = daemon.settled()
        assert values["Missed"] == 1 and daemon.get("traplineMissedDeadLetter") == 1, values
        letters = wait_until(lambda: dead_letters(daemon, "noc"), "the dead letter")
        assert [letter["sequence"] for letter in letters] == [first.lines()[5]["sequence"]], letters
        view = daemon.api.engine("noc")
        assert view["retries"] >= 1 and view["missed"] == {"dead-letter": 1}, view
        return f"found in {asked} batches"


def dead_letters(daemon, engine):
    path = daemon.state / "dead-letters" / f"{engine}.ndjson"
    return daemon.lines(path) if path.exists() else []


def an_unacknowledged_batch_comes_again_with_the_same_octets(binaries):
    with temporary_directory() as directory, APIDaemon(binaries, directory).start() as daemon:
        engine = daemon.register("noc", ackTimeout="300ms")
        daemon.traps([1])
        first = engine.take("5s")
        daemon.traps([2])
        second = engine.take("5s")
        assert second.headers["Trapline-Batch"] == first.headers["Trapline-Batch"] and second.body == first.body
        # However late the acknowledgement is, it counts, and once.
        assert engine.acknowledge(first).status == 204 and engine.acknowledge(second).status == 404
        third = engine.take("5s")
        assert numbers(third.lines()) == [2] and engine.acknowledge(third).status == 204, third
        assert daemon.settled()["Missed"] == 0


def credits_bound_what_is_in_flight(binaries):
    """With one outstanding batch a second fetch gets nothing until the acknowledgement; two hold disjoint sources."""
    with temporary_directory() as directory, APIDaemon(binaries, directory).start() as daemon:
        one = daemon.register("one", batch={"size": 10, "maxWait": "10s"})
        two = daemon.register("two", batch={"size": 10, "maxWait": "10s"}, throttle={"outstanding": 2})
        # Source by source, a batch of each: there is always another that could be handed out without credit.
        for source in ("127.0.0.2", "127.0.0.3", "127.0.0.4"):
            for index in range(10):
                daemon.sender.send(trap(index), source)
        daemon.sent = 30
        wait_until(lambda: daemon.get("traplineArrived") == 30, "all to arrive")
        batch = one.take()
        assert one.take("300ms") is None, "a second batch with one credit"
        assert one.acknowledge(batch).status == 204
        one.delivered += batch.lines()
        disjoint = 0
        while len(two.traps()) < 30:
            pair = [batch for batch in (two.take("300ms"), two.take("300ms")) if batch]
            assert pair, two.delivered
            sources = [{line["source"] for line in batch.lines()} for batch in pair]
            if len(pair) == 2:
                assert not sources[0] & sources[1], sources
                assert two.take("0") is None, "a third batch with two credits"
                disjoint += 1
            # The newer is acknowledged first: the older one's sources must not be overtaken.
            for batch in reversed(pair):
                assert two.acknowledge(batch).status == 204
                two.delivered += batch.lines()
        assert disjoint, "never two at once"
        one.drain(30)
        for engine in (one, two):
            for source in ("127.0.0.2", "127.0.0.3", "127.0.0.4"):
                got = [number(line) for line in engine.traps() if line["source"] == source]
                assert got == list(range(10)), (engine.name, source, got)
        daemon.settled()
        return f"{disjoint} times two batches at once"


def raw_batches_are_fetched_as_they_are_described(binaries):
    """By pull with `"format": "raw"`: records of RawFormat.md, the datagrams octet for octet; a retry gives the same octets."""
    with temporary_directory() as directory, APIDaemon(binaries, directory).start() as daemon:
        engine = daemon.register("raw", format="raw", batch={"size": 10, "maxWait": "10s"})
        plain = daemon.register("plain")
        daemon.traps(range(10), source="127.0.0.2", text="x" * 300)
        batch = engine.take("10s")
        assert batch.headers["Content-Type"] == "application/vnd.trapline.batch", batch.headers
        assert batch.headers["Trapline-Count"] == "10", batch.headers
        assert engine.acknowledge(batch, "retry").status == 204
        again = engine.take("10s")
        assert again.body == batch.body
        assert engine.acknowledge(again).status == 204
        found = list(raw_records.records(again.body))
        assert [record["datagram"] for record in found] == [trap(index, text="x" * 300) for index in range(10)]
        assert {(record["source"], record["listener"]) for record in found} == {("127.0.0.2", "main")}, found
        assert [record["sequence"] for record in found] == [line["sequence"] for line in plain.drain(10)]
        assert daemon.settled()["Missed"] == 0


# Where it starts, and what it missed


def a_late_engine_says_where_it_starts(binaries):
    with temporary_directory() as directory, APIDaemon(binaries, directory).start() as daemon:
        keeper = daemon.register("keeper", batch={"size": 10, "maxWait": "5s"})  # what it has not taken is kept for all
        daemon.traps(range(10))
        sequence = keeper.take("10s").lines()[4]["sequence"]
        late = {"now": [], "oldest": list(range(10)), sequence: list(range(4, 10))}
        late = {daemon.register(f"from-{start}", start=start): kept for start, kept in late.items()}
        daemon.traps(range(10, 15))
        for engine, kept in late.items():
            assert numbers(engine.drain(len(kept) + 5)) == kept + list(range(10, 15)), (engine.name, engine.delivered)
            assert not engine.gaps(), engine.gaps()
        assert keeper.end().status == 204
        assert daemon.settled()["Missed"] == 15, "what the keeper had not acknowledged"


def a_gap_is_told_exactly(binaries):
    """Beyond its limit an engine's oldest traps go; header and body say how many, which, and why, in their place."""
    with temporary_directory() as directory:
        archive = f'<file name="archive" path="{directory}/archive.json"><batch size="500" max-wait="10ms"/></file>'
        with APIDaemon(binaries, directory, archive).start() as daemon:
            batch = {"size": 100, "maxBytes": "64KiB", "maxWait": "10ms"}
            engine = daemon.register("slow", queue={"limit": "64KiB"}, batch=batch)
            gaps, got = [], []

            def take():
                batch = engine.take("5s")
                lines = batch.lines()
                told = [line["missed"] for line in lines if "missed" in line]
                header = [text for name, text in batch.headers.items() if name.lower() == "trapline-missed"]
                assert header == [written(gap) for gap in told], (header, told)
                assert lines[:len(told)] == [{"missed": gap} for gap in told], "gaps stand first"
                gaps.extend(told)
                got.extend(numbers(lines))
                return batch

            for first in range(0, 4000, 2000):
                daemon.traps(range(first, first + 10))
                held = take()  # in flight: not lost, and before the gap
                assert numbers(held.lines())[0] == first, held
                for start in range(first + 10, first + 2000, 199):
                    daemon.traps(range(start, min(start + 199, first + 2000)), text="x" * 100)
                while held:
                    assert engine.acknowledge(held).status == 204
                    held = take() if got[-1] != first + 1999 else None
            values = daemon.settled()
            every = {number(line): line["sequence"] for line in daemon.lines(pathlib.Path(directory) / "archive.json")}
            lost = sorted(set(every) - set(got))
            assert got == sorted(set(got)) and len(every) == 4000 and lost, (len(got), len(every))
            assert sum(gap["count"] for gap in gaps) == len(lost) == daemon.get("traplineMissedBound"), gaps
            for gap in gaps:
                inside = [index for index in lost if gap["first"] <= every[index] <= gap["last"]]
                assert len(inside) == gap["count"] and gap["cause"] == "bound" and gap["from"] <= gap["until"], gap
                assert (every[inside[0]], every[inside[-1]]) == (gap["first"], gap["last"]), gap
            assert values["Missed"] == len(lost), values
            return f"{len(lost)} of 4000 missed, told in {len(gaps)} gaps"


def written(gap):
    return (f"{gap['count']}; first={gap['first']}; last={gap['last']}; from={gap['from']}; until={gap['until']}; "
            f"cause={gap['cause']}")


# How long a registration lasts


def a_lease_that_ends_removes_the_engine(binaries):
    with temporary_directory() as directory, APIDaemon(binaries, directory).start() as daemon:
        daemon.register("short", lease="1s")
        daemon.register("kept", lease="1s", persist=True)
        polling = daemon.register("polling", lease="1s")
        daemon.traps(range(5))
        polling.drain(5)
        # A call that waits is one: the poller outlives the other by as much as it likes.
        while "short" in daemon.api.engines():
            assert polling.take("300ms") is None
        assert polling.take("0") is None and daemon.api.call("GET", "/v1/engines/short/batch").status == 404
        assert "lease" in daemon.log(), daemon.log()
        assert daemon.get("traplineMissedEngineRemoved") == 5
        view = daemon.api.engine("kept")
        assert view["backlog"]["queued"] + view["backlog"]["inFlight"] == 5 and "leaseSeconds" not in view, view
        daemon.traps([5])
        for name, count in (("kept", 6), ("polling", 1)):
            engine = daemon.register(name)
            assert len(engine.drain(count)) == count
        assert daemon.settled()["Missed"] == 5


def a_persistent_registration_survives_a_restart(binaries):
    with temporary_directory() as directory, APIDaemon(binaries, directory, more='<stop drain="0s"/>').start() as daemon:
        kept = daemon.register("kept", persist=True, filter=[{"trap": [COLD_START]}], ackTimeout="200ms")
        daemon.register("gone")
        file = daemon.state / "registrations.json"
        assert list(json.loads(file.read_text())) == ["kept"], file.read_text()
        daemon.traps(range(3))
        first = kept.take("5s")
        assert daemon.stop() == 0, daemon.log()
        former = daemon.ledger()
        rows = {engine["name"]: engine for engine in former["engines"]}
        assert rows["kept"]["missed"] == {"stopped": 3} == rows["gone"]["missed"], rows
        daemon.start()
        daemon.sent = 0
        assert daemon.api.call("GET", "/v1/engines/gone").status == 404
        assert daemon.api.engine("kept")["registration"]["filter"] == [{"trap": [COLD_START]}]
        assert kept.acknowledge(first).status == 404, "a batch of the former run"
        daemon.traps([0], what=COLD_START)
        daemon.traps(range(1, 4))
        assert numbers(kept.drain(3)) == [1, 2, 3] and not kept.gaps(), kept.delivered
        assert kept.end().status == 204 and json.loads(file.read_text()) == {}, file.read_text()
        daemon.settled()
