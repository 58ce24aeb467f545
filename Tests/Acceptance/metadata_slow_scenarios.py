"""A metadata service that is well and takes a second: new sources are all routed, and it is never asked more at a time than
`outstanding` says. Each scenario is a function whose docstring is the demand."""

import time

from daemon import balanced, temporary_directory
from metadata_daemon import MetadataDaemon, MetadataService, files
from trap_sender import Sender, addresses, assert_all_in_order

RATE, SECONDS = 50, 10


def new_sources_to_a_service_of_one_second_are_all_routed(binaries):
    """Fifty a second with the limits as they come: no trap is given up, and at most four requests are there at once."""
    sources = addresses(RATE * SECONDS, "127.5.0.0")
    sent = {}
    with temporary_directory() as directory, MetadataService("default=all", "--mode", "slow:1") as service:
        with MetadataDaemon(binaries, directory, service.xml, files(directory, "all")).start() as daemon:
            start = time.monotonic()
            for index, source in enumerate(sources):
                time.sleep(max(start + index / RATE - time.monotonic(), 0))
                with Sender(daemon.port, [source]) as sender:
                    sender.send(source, 2)
                    sent.update(sender.sent)
            total = sum(sent.values())
            values = daemon.at_rest(total)
            balanced(values)
            assert values["Delivered"] == total and daemon.unrouted("HoldTimeout") == 0, values
            counts = service.counts()
            assert counts["most"] <= 4 and counts["keys"] == len(sources), counts
            sender.sent = sent
            assert_all_in_order(daemon.lines_of("all"), sender)
            return f"{len(sources)} sources in {counts['requests']} requests, {counts['most']} at once"


def a_service_is_never_asked_more_than_outstanding(binaries):
    """Flushing what is being asked for asks again only when there is a place: the service counts what is there at once."""
    requests = '<requests keys="1" outstanding="3" timeout="10s"/>'
    with temporary_directory() as directory, MetadataService("default=all", "--mode", "slow:0.5") as service:
        with MetadataDaemon(binaries, directory, service.xml + requests, files(directory, "all")).start() as daemon, \
                Sender(daemon.port, addresses(12)) as sender:
            sender.rounds(2)
            for round in range(20):
                query = "" if round % 2 else f"?source={addresses(12)[round % 12]}"
                assert daemon.api.call("POST", "/v1/metadata/flush" + query).status == 204
                time.sleep(0.1)
            values = daemon.at_rest(sender.total())
            balanced(values)
            counts = service.counts()
            assert values["Delivered"] == sender.total() and counts["most"] == 3, (values, counts)
            assert_all_in_order(daemon.lines_of("all"), sender)
            return f"{counts['requests']} requests, {counts['most']} at once"
