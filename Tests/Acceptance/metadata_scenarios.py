"""Metadata from a service: who gets what, and what the service is asked. Each scenario is a function whose docstring is
the demand."""

import threading
import time

from daemon import balanced, free_port, temporary_directory, wait_until
from metadata_daemon import MetadataDaemon, MetadataService, files
from pull_engine import PullEngine
from trap_sender import Sender, Sent, addresses, assert_all_in_order, by_source

PARITY = "odd=odd even=even"
SYSTEM_TEST_TRAPS = 50_000


def send_as_the_daemon_takes_them(daemon, sender, count):
    """The sources in turn, and never more than 4,000 traps ahead of the ledger: the kernel has no reason to drop any."""
    start = time.monotonic()
    sources = list(sender.sockets)
    for first in range(0, count, 2000):
        for index in range(first, min(first + 2000, count)):
            sender.send(sources[index % len(sources)])
        wait_until(lambda: daemon.arrived() >= first - 2000, "the daemon to keep up")
    return count / (time.monotonic() - start)


def start_fetching(engines):
    """Fetches for all engines at once; gives what ends it, once each of them finds nothing for a second."""
    ended = threading.Event()

    def drain(engine):
        while True:
            idle = ended.is_set()
            batch = engine.take(wait="1s")
            if batch is None:
                if idle:
                    return
                continue
            assert engine.acknowledge(batch).status in (200, 204), batch
            engine.delivered += batch.lines()

    threads = [threading.Thread(target=drain, args=(engine,), daemon=True) for engine in engines]
    for thread in threads:
        thread.start()

    def end():
        ended.set()
        for thread in threads:
            thread.join(timeout=60)
            assert not thread.is_alive(), "an engine that still fetches"
    return end


def is_for(parity, source):
    return int(source.split(".")[3]) % 2 == (parity == "odd")


def system_test(binaries, sources, kind):
    """50,000 traps; `kind` is `file` or `pull`."""
    with temporary_directory() as directory, MetadataService(PARITY) as service:
        xml = files(directory, "odd", "even") if kind == "file" else '<pull name="odd"/><pull name="even"/>'
        with MetadataDaemon(binaries, directory, service.xml, xml).start() as daemon:
            collect = read_at_the_end(daemon) if kind == "file" else fetch_from_now_on(daemon)
            with Sender(daemon.port, addresses(sources)) as sender:
                start = time.monotonic()
                sending = send_as_the_daemon_takes_them(daemon, sender, SYSTEM_TEST_TRAPS)
                values = daemon.at_rest(SYSTEM_TEST_TRAPS)
                taking = SYSTEM_TEST_TRAPS / (time.monotonic() - start)
                balanced(values)
                got = collect()
                assert values["KernelDrops"] == 0 and values["Delivered"] == SYSTEM_TEST_TRAPS, values
                for parity, lines in got.items():
                    wanted = sum(count for source, count in sender.sent.items() if is_for(parity, source))
                    assert len(lines) == wanted and all(is_for(parity, line["source"]) for line in lines), parity
                assert_all_in_order([line for lines in got.values() for line in lines], sender)
            counts = service.counts()
            assert counts["keys"] == counts["sources"] == sources, counts
            return (f"{sources} source(s), {counts['requests']} request(s): sent {sending:,.0f}/s, "
                    f"delivered {taking:,.0f}/s, {', '.join(f'{name} {len(lines)}' for name, lines in got.items())}")


def read_at_the_end(daemon):
    return lambda: {name: daemon.lines_of(name) for name in ("odd", "even")}


def fetch_from_now_on(daemon):
    engines = [ConfiguredPullEngine(daemon.api, name) for name in ("odd", "even")]
    end = start_fetching(engines)

    def collect():
        end()
        return {engine.name: engine.traps() for engine in engines}
    return collect


class ConfiguredPullEngine(PullEngine):
    """A pull engine of the configuration, which needs no registration."""

    def __init__(self, api, name):
        self.api, self.name, self.delivered = api, name, []


def each_engine_fetches_exactly_its_traps_of_one_source(binaries):
    """50,000 v1 traps of 61 octets from one source: one key asked for, one engine gets all, the other none."""
    return system_test(binaries, 1, "pull")


def each_engine_fetches_exactly_its_traps_of_a_hundred_sources(binaries):
    """The same from 100 sources: 100 keys asked for, each engine its half, none twice."""
    return system_test(binaries, 100, "pull")


def each_file_gets_exactly_its_traps_of_one_source(binaries):
    """The same with engines that write files."""
    return system_test(binaries, 1, "file")


def each_file_gets_exactly_its_traps_of_a_hundred_sources(binaries):
    """The same with engines that write files."""
    return system_test(binaries, 100, "file")



# The circuit


def a_service_that_goes_and_comes_back_is_seen_in_its_circuit(binaries):
    """Open, half-open, closed, in `trapline metadata` and in the log; meanwhile entries past their end serve on."""
    cache = '<cache ttl="1s" refresh-ahead="0s"/>'
    requests = '<requests timeout="2s" attempts="50" backoff="50ms" max-wait="5ms"/>'
    with temporary_directory() as directory, MetadataService("default=all", "--ttl", "1s") as service:
        known, new = addresses(2)
        with MetadataDaemon(binaries, directory, service.xml + requests + cache, files(directory, "all")).start() as daemon, \
                Sender(daemon.port, [known, new]) as sender:
            sender.send(known)
            daemon.wait_for("all", 1)
            service.stop()
            sender.send(new, 3)
            daemon.wait_for_circuit("open")
            page = daemon.tool("metadata", "--api", f"http://127.0.0.1:{daemon.api_port}")
            assert "open, next try in" in page or "half-open" in page, page
            wait_until(lambda: daemon.explain(known)["state"] == "stale", "the entry to be over")
            sender.send(known, 5)
            wait_until(lambda: len(by_source(daemon.lines_of("all"))[known]) == 6, "the stale entry to serve")
            assert new not in by_source(daemon.lines_of("all")), "nothing is known of the new source"
            assert daemon.view()["cache"]["stale"] >= 5, daemon.view()
            service.start(mode="silent")
            daemon.wait_for_circuit("half-open")
            page = daemon.tool("metadata", "--api", f"http://127.0.0.1:{daemon.api_port}")
            assert "half-open" in page or "open, next try in" in page, page
            service.mode("ok")
            daemon.wait_for_circuit("closed")
            page = daemon.tool("metadata", "--api", f"http://127.0.0.1:{daemon.api_port}")
            assert "closed" in page and "open" not in page.split("\n")[1], page
            values = daemon.at_rest(sender.total())
            balanced(values)
            assert values["Delivered"] == sender.total(), values
            assert_all_in_order(daemon.lines_of("all"), sender)
            circuits = [line for line in daemon.log().split("\n") if "circuit is" in line]
            order = [next(word for word in ("half-open", "closed", "open") if "circuit is " + word in line)
                     for line in circuits]
            assert order[0] == "open" and order[-1] == "closed" and "half-open" in order, circuits
            return f"{len(order)} changes of the circuit"


# The cache


def a_source_that_the_service_refuses_is_remembered_for_a_while(binaries):
    """Its traps stand under metadata-refused, and it is asked about once in a negative-ttl, not once a trap."""
    cache = '<cache negative-ttl="3s"/>'
    with temporary_directory() as directory, MetadataService("127.0.1.1/32=all") as service:
        wanted, refused = addresses(2)
        with MetadataDaemon(binaries, directory, service.xml + cache, files(directory, "all")).start() as daemon, \
                Sender(daemon.port, [wanted, refused]) as sender:
            sender.rounds(50)
            values = daemon.at_rest(100)
            balanced(values)
            assert values["Unrouted"] == daemon.unrouted("MetadataRefused") == 50, values
            assert service.counts()["keys"] == 2, service.counts()
            assert daemon.explain(refused)["state"] == "refused", daemon.explain(refused)

            def asked_again():
                sender.send(refused)
                return service.counts()["keys"] > 2
            started = time.monotonic()
            wait_until(asked_again, "the service to be asked again")
            waited = time.monotonic() - started
            balanced(daemon.at_rest(sender.total()))
            assert daemon.unrouted("MetadataRefused") == sender.sent[refused]
            assert_all_in_order(daemon.lines_of("all"), Sent({wanted: 50}))
            return f"{sender.sent[refused]} traps, asked again after {waited:.2f} s"


def a_source_that_goes_on_never_waits_for_its_second_answer(binaries):
    """Refresh ahead: the entry is asked for anew while it serves; of all its traps only the first one missed."""
    cache = '<cache ttl="4s" refresh-ahead="3s"/>'
    with temporary_directory() as directory, MetadataService("default=all", "--ttl", "4s") as service:
        (source,) = addresses(1)
        with MetadataDaemon(binaries, directory, service.xml + cache, files(directory, "all")).start() as daemon, \
                Sender(daemon.port, [source]) as sender:
            sender.send(source)
            daemon.wait_for("all", 1)
            known = time.monotonic()
            service.mode("slow:0.5")
            sender.paced(500, 100)  # five seconds: past the end of the first answer
            assert time.monotonic() - known > 4.5
            balanced(daemon.at_rest(501))
            view = daemon.view()
            assert view["cache"]["misses"] == 1 and view["cache"]["stale"] == 0, view
            assert service.counts()["keys"] >= 2, service.counts()
            assert_all_in_order(daemon.lines_of("all"), sender)
            return f"{service.counts()['keys']} keys asked for, {view['cache']['hits']} hits, 1 miss"


# Isolation


def a_listener_whose_service_hangs_leaves_the_other_alone(binaries):
    """Two listeners, two services, one of which never answers: the other's traps come, in the time that they took."""
    with temporary_directory() as directory, MetadataService("default=all") as well, \
            MetadataService("default=all", "--mode", "silent") as hung:
        other_port = free_port()
        metadata = (well.xml + f'<http name="hung" url="http://127.0.0.1:{hung.port}/metadata"/>'
                    '<requests timeout="500ms" attempts="2" backoff="50ms" max-wait="5ms"/>')
        with MetadataDaemon(binaries, directory, metadata, files(directory, "all")) as daemon:
            daemon.listeners = (
                f'<listener name="main" address="udp:[::]:{daemon.port}" metadata="service" accept="all"/>'
                f'<listener name="other" address="udp:[::]:{other_port}" metadata="hung" accept="all"/>')
            daemon.write(daemon.engines)
            daemon.start()
            with Sender(daemon.port, addresses(50)) as sender, Sender(other_port, addresses(50)) as stuck:
                for _ in range(20):
                    stuck.rounds(5)
                    sender.rounds(5)
                    daemon.wait_for("all", sender.total())
                assert daemon.circuit() == "closed" and daemon.unrouted("HoldTimeout") <= stuck.total()
                values = daemon.at_rest(sender.total() + stuck.total())
                balanced(values)
                assert values["Delivered"] == sender.total() and values["Missed"] == 0, values
                assert daemon.unrouted("HoldTimeout") == values["Unrouted"] == stuck.total(), values
                assert daemon.circuit("hung") != "closed", daemon.view()
                lines = daemon.lines_of("all")
                assert {line["listener"] for line in lines} == {"main"}
                assert_all_in_order(lines, sender)


def a_miss_costs_the_traps_of_other_sources_nothing(binaries):
    """While a service takes a second for new sources, known ones overtake them: no trap of theirs waits for an answer."""
    with temporary_directory() as directory, MetadataService("default=all") as service:
        known, new = addresses(20), addresses(20, "127.0.2.0")
        with MetadataDaemon(binaries, directory, service.xml, files(directory, "all")).start() as daemon, \
                Sender(daemon.port, known + new) as sender:
            for source in known:
                sender.send(source)
            daemon.wait_for("all", len(known))
            service.mode("slow:1")
            for source in new:
                sender.send(source)
            wait_until(lambda: daemon.view()["holding"]["keys"] == len(new), "the new sources to be held")
            started = time.monotonic()
            for _ in range(50):
                for source in known:
                    sender.send(source)
            lines = daemon.wait_for("all", 51 * len(known))
            took = time.monotonic() - started
            overtaken = all(source in known for source in by_source(lines)) or took > 0.9
            assert overtaken, "a trap that was held came before one that was not"
            values = daemon.at_rest(sender.total())
            balanced(values)
            assert values["Delivered"] == sender.total(), values
            assert_all_in_order(daemon.lines_of("all"), sender)
            return f"1,000 traps of known sources delivered in {took * 1000:.0f} ms, beside a request of a second"
