"""A metadata service that misbehaves: its traps wait, or leave under their cause; nobody else's do. Each scenario is a
function whose docstring is the demand."""

import time

from daemon import balanced, temporary_directory, wait_until
from metadata_daemon import REQUESTS, MetadataDaemon, MetadataService, files
from trap_sender import Sender, Sent, addresses, assert_all_in_order, assert_in_order, by_source

KNOWN = "127.0.9.9"  # is in the cache before a service misbehaves: its traps go on, whatever happens
# What the daemon says of each; no trap of a new source comes through before the service is well again.
FAULTS = {"silent": "no answer within", "rubbish": "4194304", "close": "", "500": "status 500", "503:1": "status 503"}
HARMLESS = ["slow:0.2", "partial", "twice", "unknown"]


def known_source(daemon, sender):
    """Brings KNOWN into the cache."""
    sender.send(KNOWN)
    daemon.wait_for("all", 1)


def delivered_of(daemon, source, name="all"):
    return len(by_source(daemon.lines_of(name)).get(source, []))


def wait_for_known(daemon, sender):
    wait_until(lambda: delivered_of(daemon, KNOWN) == sender.sent[KNOWN], "the traps of the source that is known")


def wait_for_failure(daemon, text, before):
    """Until the source failed anew, and says so with this text."""
    def failed():
        (row,) = daemon.view()["sources"]
        return row["failures"] > before and text in row["lastError"] and row["lastError"]
    return wait_until(failed, f"a failure with {text!r}")


def a_service_that_misbehaves_costs_time_and_no_trap(binaries):
    """For each fault: ten new sources wait, in order, while it lasts, and a source that is known does not."""
    with temporary_directory() as directory, MetadataService("default=all") as service:
        groups = {fault: addresses(10, f"127.0.{20 + index}.0") for index, fault in enumerate([*FAULTS, *HARMLESS])}
        everybody = [KNOWN] + [source for group in groups.values() for source in group]
        errors = []
        with MetadataDaemon(binaries, directory, service.xml + REQUESTS, files(directory, "all")).start() as daemon, \
                Sender(daemon.port, everybody) as sender:
            known_source(daemon, sender)
            for fault, group in groups.items():
                failures = daemon.view()["sources"][0]["failures"]
                service.mode(fault)
                for _ in range(10):
                    for source in [*group, KNOWN]:
                        sender.send(source)
                if fault in FAULTS:
                    errors.append(wait_for_failure(daemon, FAULTS[fault], failures))
                    wait_for_known(daemon, sender)
                    came = by_source(daemon.lines_of("all"))
                    assert not any(source in came for source in group), fault
                    service.mode("ok")
                daemon.wait_for("all", sender.total())
                service.mode("ok")
                daemon.wait_for_circuit("closed")
            values = daemon.at_rest(sender.total())
            balanced(values)
            assert values["Delivered"] == sender.total() and values["Unrouted"] == 0, values
            assert_all_in_order(daemon.lines_of("all"), sender)
            assert "203.0.113.250" in daemon.log(), "keys that were not asked for are named in the log"
    return "; ".join(errors)


def a_service_that_never_answers_leaves_its_traps_to_the_default_route(binaries):
    """What nobody answered for goes to <unanswered> with its mark, in order; after negative-ttl it is asked for anew."""
    unanswered = '<unanswered engines="fallback"><attribute name="metadata" value="none"/></unanswered>'
    limits = '<requests timeout="200ms" attempts="2" backoff="50ms" max-wait="5ms"/><cache negative-ttl="3s"/>'
    with temporary_directory() as directory, MetadataService("default=all") as service:
        metadata = service.xml + limits + unanswered
        with MetadataDaemon(binaries, directory, metadata, files(directory, "all", "fallback")).start() as daemon, \
                Sender(daemon.port, [KNOWN, *addresses(20)]) as sender:
            known_source(daemon, sender)
            service.mode("silent")
            sender.rounds(10)
            wait_for_known(daemon, sender)
            lines = daemon.wait_for("fallback", 200)
            assert all(line["attributes"] == {"metadata": "none"} for line in lines), lines[0]
            assert daemon.explain(addresses(1)[0])["state"] == "unanswered"
            service.mode("ok")
            came = len(daemon.lines_of("all"))

            def answered_for():
                sender.send(addresses(1)[0])
                return len(daemon.lines_of("all")) > came
            wait_until(answered_for, "the service to be asked anew")
            sender.rounds(5)
            values = daemon.at_rest(sender.total())
            balanced(values)
            assert values["Unrouted"] == 0 and values["Delivered"] == sender.total(), values
            fallback, all_ = daemon.lines_of("fallback"), daemon.lines_of("all")
            assert_all_in_order(sorted(fallback + all_, key=lambda line: line["sequence"]), sender)


def a_service_that_never_answers_is_counted_as_hold_timeout(binaries):
    """Without a default route each trap of an unanswered key stands in the ledger under one cause, and none other does."""
    limits = '<requests timeout="200ms" attempts="2" backoff="50ms" max-wait="5ms"/>'
    with temporary_directory() as directory, MetadataService("default=all") as service:
        with MetadataDaemon(binaries, directory, service.xml + limits, files(directory, "all")).start() as daemon, \
                Sender(daemon.port, [KNOWN, *addresses(50)]) as sender:
            known_source(daemon, sender)
            service.mode("silent")
            sender.rounds(20)
            values = daemon.at_rest(sender.total())
            balanced(values)
            assert values["Unrouted"] == daemon.unrouted("HoldTimeout") == 1000, values
            assert_all_in_order(daemon.lines_of("all"), Sent({KNOWN: sender.sent[KNOWN]}))
            view = daemon.view()
            assert view["holding"] == {"traps": 0, "octets": 0, "keys": 0}, view


def traps_beyond_the_holding_areas_bound_are_counted_as_hold_bound(binaries):
    """At the bound new traps of unknown keys leave, counted; what is held comes through in order once it is answered."""
    limits = REQUESTS + '<holding limit="64KiB"/>'
    with temporary_directory() as directory, MetadataService("default=all") as service:
        with MetadataDaemon(binaries, directory, service.xml + limits, files(directory, "all")).start() as daemon, \
                Sender(daemon.port, [KNOWN, *addresses(20)]) as sender:
            known_source(daemon, sender)
            service.mode("silent")
            sender.rounds(200)
            wait_for_known(daemon, sender)
            bound = wait_until(lambda: daemon.unrouted("HoldBound"), "the bound")
            octets = wait_until(lambda: daemon.view()["holding"]["octets"], "traps that are held")
            assert octets <= 64 << 10, octets
            service.mode("ok")
            values = daemon.at_rest(sender.total())
            balanced(values)
            bound = daemon.unrouted("HoldBound")
            assert 0 < bound == values["Unrouted"] and values["Delivered"] == sender.total() - bound, (bound, values)
            assert values["Delivered"] > 201, values
            assert_in_order(daemon.lines_of("all"))
            return f"{bound} of {sender.total()} left, {values['Delivered']} delivered, {octets} octets held"


def a_service_that_asks_for_time_is_not_asked_before(binaries):
    """503 with Retry-After: 2: no request within the two seconds, and the traps wait for them."""
    with temporary_directory() as directory, MetadataService("default=all") as service:
        # One request for all five, however slowly they are sent.
        requests = '<requests timeout="300ms" attempts="20" backoff="50ms" max-wait="500ms"/>'
        with MetadataDaemon(binaries, directory, service.xml + requests, files(directory, "all")).start() as daemon, \
                Sender(daemon.port, addresses(5)) as sender:
            before = service.counts()
            service.mode("503:2")
            sender.rounds(5)
            service.wait_for_request(before)
            asked = time.monotonic()
            service.mode("ok")
            daemon.wait_for("all", 25)
            waited = time.monotonic() - asked
            assert 1.8 <= waited, waited
            assert service.counts()["requests"] == before["requests"] + 2, service.counts()
            balanced(daemon.at_rest(25))
            assert_all_in_order(daemon.lines_of("all"), sender)
            return f"asked again after {waited:.2f} s"
