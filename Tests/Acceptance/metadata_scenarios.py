"""Metadata from a service: what it is asked, and what its faults cost. Each scenario is a function whose docstring is
the demand."""

import json
import pathlib
import threading
import time

from daemon import balanced, temporary_directory, wait_until
from metadata_daemon import REQUESTS, MetadataDaemon, MetadataService, files, free_stream_port
from pull_engine import PullEngine
from push_service import PushService
from trap_sender import Sender, addresses, assert_all_in_order, assert_in_order, by_source, trap

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


def drain_both(engines):
    """Fetches for all engines at once, until each has been idle for a second and `ended` is set; gives the end."""
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


def system_test(binaries, sources, engines):
    """50,000 traps; `engines(daemon)` gives a function that ends them and says what each got."""
    with temporary_directory() as directory, MetadataService(PARITY) as service:
        xml = files(directory, "odd", "even") if engines is written else '<pull name="odd"/><pull name="even"/>'
        with MetadataDaemon(binaries, directory, service.xml, xml).start() as daemon:
            collect = engines(daemon)
            with Sender(daemon.port, addresses(sources)) as sender:
                start = time.monotonic()
                sending = send_as_the_daemon_takes_them(daemon, sender, SYSTEM_TEST_TRAPS)
                values = daemon.at_rest(SYSTEM_TEST_TRAPS)
                taking = SYSTEM_TEST_TRAPS / (time.monotonic() - start)
                balanced(values)
                got = collect()
                assert values["KernelDrops"] == 0 and values["Delivered"] == SYSTEM_TEST_TRAPS, values
                for parity, lines in got.items():
                    assert all(int(line["source"].split(".")[3]) % 2 == (parity == "odd") for line in lines), parity
                    assert len(lines) == sum(count for source, count in sender.sent.items()
                                             if int(source.split(".")[3]) % 2 == (parity == "odd")), parity
                assert_all_in_order([line for lines in got.values() for line in lines], sender)
            counts = service.counts()
            assert counts["keys"] == counts["sources"] == sources, counts
            return (f"{sources} source(s), {counts['requests']} request(s): sent {sending:,.0f}/s, "
                    f"delivered {taking:,.0f}/s, {', '.join(f'{name} {len(lines)}' for name, lines in got.items())}")


def written(daemon):
    return lambda: {name: daemon.lines_of(name) for name in ("odd", "even")}


def fetched(daemon):
    engines = [Fetcher(daemon.api, name) for name in ("odd", "even")]
    end = drain_both(engines)

    def collect():
        end()
        return {engine.name: engine.traps() for engine in engines}
    return collect


class Fetcher(PullEngine):
    """A pull engine of the configuration, which needs no registration."""

    def __init__(self, api, name):
        self.api, self.name, self.delivered = api, name, []


def each_engine_fetches_exactly_its_traps_of_one_source(binaries):
    """50,000 v1 traps of 61 octets from one source: one key asked for, one engine gets all, the other none."""
    return system_test(binaries, 1, fetched)


def each_engine_fetches_exactly_its_traps_of_a_hundred_sources(binaries):
    """The same from 100 sources: 100 keys asked for, each engine its half, none twice."""
    return system_test(binaries, 100, fetched)


def each_file_gets_exactly_its_traps_of_one_source(binaries):
    return system_test(binaries, 1, written)


def each_file_gets_exactly_its_traps_of_a_hundred_sources(binaries):
    return system_test(binaries, 100, written)
