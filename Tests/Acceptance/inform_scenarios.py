"""Informs: answered once their delivery is certain, and delivered once. Each scenario is a function whose docstring is
the demand."""

import socket
import threading

from daemon import PATIENCE, free_port, temporary_directory, wait_until
from metadata_daemon import MetadataService
from metadata_security_scenarios import credentials_csv, filled
from own_network import in_own_network, possible
from usm_sender import (AUTH_SECRET, GET, INFORM, PRIV_SECRET, REPORT, RESPONSE, TRAP, Answer, User, discovery, oid, pdu,
                        v2c)
from v3_daemon import (NOT_IN_WINDOW, UNKNOWN_USERS, USM_STATS, WRONG_DIGESTS, V3Daemon, credentials, noc,
                       noc_without_privacy, texts)

SLOW = '<requests timeout="20s" attempts="20" backoff="50ms" max-wait="5ms"/>'


def service_rules(service):
    """Metadata from the service, under the name that the daemon's listener asks for."""
    return service.xml.replace('name="service"', 'name="routes"') + SLOW


def an_inform_is_answered_only_once_it_is_placed(binaries):
    """While metadata is awaited nothing is answered and a repeat is inform-pending; then it is answered, and a repeat of
    it is answered again and not delivered again: v2c and v3."""
    with temporary_directory() as path, MetadataService("default=archive") as service, \
            V3Daemon(binaries, path, rules=service_rules(service)).start() as daemon:
        for source, version in (("127.0.0.11", "2c"), ("127.0.0.12", "3")):
            with daemon.asker(source) as asker:
                inform = v2c(pdu(INFORM, 77, text=version))
                if version == "3":
                    ours = asker.discover()
                    daemon.sent += 1
                    inform = noc.message(pdu(INFORM, 77, text=version), ours.boots, ours.time, engine=ours.engine)
                before = service.counts()
                service.mode("silent")
                asker.send(inform)
                service.wait_for_request(before)
                asker.send(inform)
                daemon.sent += 2
                wait_until(lambda: daemon.get("traplineArrived") >= daemon.sent, "both copies to arrive")
                # Whether it is a repeat is known of an opened message only, so while its key is held a v3 one waits.
                if version == "2c":
                    wait_until(lambda: daemon.refused() == {"inform-pending": 1}, "the repeat to be refused")
                else:
                    wait_until(lambda: daemon.get("traplineWaiting") == 0, "both copies to be held")
                assert not asker.answers(), "answered before it was placed"
                service.mode("ok")
                answer = asker.answer()
                assert version == "3" or (answer.tag == RESPONSE and answer.request == 77), answer.datagram
                daemon.settled()
                assert not asker.answers(), "the repeat that came while it was held is answered as well"
                assert daemon.refused() == {"inform-pending": 1 if version == "2c" else 2}, daemon.refused()
                again = asker.ask(inform)
                assert again.version == (3 if version == "3" else 1) and again.tag == answer.tag
                daemon.sent += 1
                daemon.settled()
                assert not asker.answers(), "answered too often"
        lines = daemon.wait_for_lines(2)
        assert texts(lines) == ["2c", "3"] and all(line["pdu"] == "inform" and line["requestID"] == 77 for line in lines)
        ledger = daemon.ledger()
        answered = daemon.closes_balanced()["Answered"]
        assert len(daemon.lines()) == 2, "delivered twice"
        return f"refused {ledger['refused']}, answered {answered} with one discovery"


def an_inform_whose_answer_was_lost_is_delivered_once(binaries):
    """Net-SNMP's snmpinform behind a network that loses the first answers: it sends again, is answered, and its inform is
    delivered once, though a v3 message is sealed anew each time."""
    with temporary_directory() as path, V3Daemon(binaries, path).start() as daemon:
        for number, words in enumerate((["-v", "2c", "-c", "public"], ["-v", "3", *credentials()],
                                        ["-v", "3", *credentials(level="authNoPriv")],
                                        ["-v", "3", *credentials(level="noAuthNoPriv")])):
            with LossyPath(daemon.port, lost=2) as lossy:
                assert daemon.notify("snmpinform", ["-r", "5", "-t", "0.5", *words], text=str(number), port=lossy.port)
                assert lossy.lost == 0 and lossy.there >= 3
        daemon.sent = daemon.get("traplineArrived")
        assert texts(daemon.wait_for_lines(4)) == ["0", "1", "2", "3"]
        values = daemon.closes_balanced()
        assert texts(daemon.lines()) == ["0", "1", "2", "3"], "delivered twice"
        assert values["Placed"] == 4 and values["Refused"] == 0, values
        return f"{values['Arrived']} messages for 4 informs, {values['Answered']} answered discoveries and repeats"


class LossyPath:
    """Forwards datagrams of one sender to the daemon, and answers back but for the first `lost` responses to what is no
    discovery."""

    def __init__(self, port, lost):
        self.lost, self.there, self.sender = lost, 0, None
        self.front, self.back = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
        self.front.bind(("127.0.0.1", 0))
        self.back.connect(("127.0.0.1", port))
        self.port = self.front.getsockname()[1]
        self.threads = [threading.Thread(target=work, daemon=True) for work in (self.forth, self.fro)]
        self.running = True

    def forth(self):
        while True:
            datagram, self.sender = self.front.recvfrom(65535)
            if not self.running:
                return
            self.there += 1
            self.back.send(datagram)

    def fro(self):
        while datagram := self.back.recv(65535):
            if Answer(datagram, None).tag != REPORT and self.lost:
                self.lost -= 1
            elif self.running:
                self.front.sendto(datagram, self.sender)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.running = False
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", ("127.0.0.1", self.port))
        self.threads[0].join(PATIENCE)
        self.back.shutdown(socket.SHUT_RDWR)
        self.threads[1].join(PATIENCE)
        self.front.close()
        self.back.close()


def an_inform_that_is_refused_or_unrouted_is_not_answered(binaries):
    """Wrong community, wrong digest, denied source, no route: each counted under its cause, none answered. Traps never."""

    rules = """<rules name="routes"><route trap="1.3.6.1.6.3.1.1.5.3" engines="archive"/></rules>"""
    with temporary_directory() as path, V3Daemon(binaries, path, rules=rules).start() as daemon, \
            daemon.asker() as asker:
        ours = asker.discover()
        forged = noc.message(pdu(INFORM, 1), ours.boots, ours.time, engine=ours.engine, spoil=True)
        asker.send(forged)
        asker.send(v2c(pdu(INFORM, 2, what="1.3.6.1.6.3.1.1.5.4")))
        asker.send(noc.message(pdu(INFORM, 3, what="1.3.6.1.6.3.1.1.5.4"), ours.boots, ours.time, engine=ours.engine))
        asker.send(v2c(pdu(TRAP, 4)))
        asker.send(noc.message(pdu(TRAP, 5), 1, 1))
        asker.send(noc.message(pdu(TRAP, 5), 1, 1, spoil=True))
        asker.send(noc.message(pdu(TRAP, 6), 1, 1, flags=7, spoil=True))
        daemon.sent += 8
        daemon.settled()
        ledger = daemon.ledger()
        assert ledger["unrouted"] == {"no-route": 2}, ledger
        assert ledger["refused"] == {"wrong-digest": 3}, ledger
        assert len(daemon.wait_for_lines(2)) == 2
        found = asker.answers()
        assert not found, [answer.datagram.hex() for answer in found]
        daemon.closes_balanced()


def an_answer_leaves_from_the_address_that_was_asked(binaries):
    """On a host with several addresses: responses and reports come from the one that the inform came to."""
    hosts = ["192.0.2.11", "192.0.2.12"] if possible() else ["127.0.0.1", "127.0.0.2", "127.1.2.3"]

    def attempt():
        with temporary_directory() as path, V3Daemon(binaries, path).start() as daemon:
            for number, host in enumerate(hosts):
                with daemon.asker(hosts[0], host) as asker:
                    report = asker.discover()
                    answers = [report, asker.ask(v2c(pdu(INFORM, number))),
                               asker.ask(noc.message(pdu(INFORM, number), report.boots, report.time, engine=report.engine))]
                    assert {answer.address[0] for answer in answers} == {host}, (host, [a.address for a in answers])
                    daemon.sent += 3
                assert daemon.notify("snmpinform", ["-v", "2c", "-c", "public"], host=host)
                daemon.sent += 1
            daemon.closes_balanced()
            return f"{len(hosts)} addresses of {'a network of its own' if possible() else 'loopback'}"
    return in_own_network([host + "/32" for host in hosts], attempt) if possible() else attempt()


def informs_above_the_high_water_mark_are_kept_by_their_senders(binaries):
    """An engine that does not fetch: above the mark traps are still taken, informs are refused and not answered, and once
    the engine has fetched the same inform is taken and answered."""
    more = '<memory limit="192MiB"/><informs high-water="10%"/>'
    with temporary_directory() as path, V3Daemon(
            binaries, path, engines='<pull name="archive"/>', more=more).start() as daemon, daemon.asker() as asker:
        ours = asker.discover()
        answer = asker.ask(v2c(pdu(INFORM, 1)))
        assert answer.tag == RESPONSE
        daemon.sent += 2
        number = 0
        while True:
            for _ in range(50):
                asker.send(v2c(pdu(TRAP, number, text="x" * 5000)))
                number += 1
            daemon.sent += 50
            wait_until(lambda: daemon.get("traplineArrived") >= daemon.sent, "the traps to arrive")
            wait_until(lambda: daemon.get("traplineWaiting") == 0, "the traps to be classified")
            inform = v2c(pdu(INFORM, 1000 + number))
            asker.send(inform)
            daemon.sent += 1
            wait_until(lambda: daemon.get("traplineArrived") >= daemon.sent, "the inform to arrive")
            def decided():
                ledger = daemon.ledger()["totals"]
                return ledger if ledger["arrived"] == ledger["accepted"] + ledger["answered"] + ledger["refused"] else None
            wait_until(decided, "the inform to be decided about")
            if daemon.refused():
                break
            asker.answer()
            assert number < 20_000, "there is no mark"
        sealed = noc.message(pdu(INFORM, 5), ours.boots, ours.time, engine=ours.engine)
        asker.send(sealed)
        daemon.sent += 1
        wait_until(lambda: daemon.refused() == {"inform-high-water": 2}, "the v3 inform to be refused")
        assert not asker.answers(), "answered what was refused"
        # One that was accepted before is answered again: it asks for no room.
        assert asker.ask(v2c(pdu(INFORM, 1))).request == 1
        daemon.sent += 1
        used = daemon.get("traplineQueued")
        drain(daemon, "archive")
        assert asker.ask(inform).tag == RESPONSE
        assert asker.ask(sealed).version == 3
        daemon.sent += 2
        drain(daemon, "archive")
        assert daemon.refused() == {"inform-high-water": 2}, daemon.refused()
        values = daemon.closes_balanced()
        return f"refused with {used} traps queued, {values['Delivered']} delivered"


def drain(daemon, name):
    """Fetches and acknowledges all there is."""
    while daemon.get("traplineQueued") + daemon.get("traplineInFlight"):
        answer = daemon.api.call("GET", f"/v1/engines/{name}/batch?wait=1s")
        if answer.status == 200:
            daemon.api.call("POST", f"/v1/engines/{name}/batch/{answer.headers['Trapline-Batch']}/ack")


def a_flood_of_discoveries_is_answered_within_its_limit(binaries):
    """From one source, as fast as it can: answered and refused[discovery-limit] are all of them, and the sender has as
    many answers; another source's discovery and inform are answered meanwhile. A report is no larger than needed."""
    flood = 1000
    with temporary_directory() as path, V3Daemon(binaries, path).start() as daemon, \
            daemon.asker("127.0.0.21") as flooder, daemon.asker("127.0.0.22") as other:
        for number in range(flood):
            flooder.send(discovery(number))
        daemon.sent += flood
        report = other.discover()
        daemon.sent += 1
        values = daemon.settled()
        refused = daemon.refused()
        assert set(refused) == {"discovery-limit"}, refused
        assert values["Answered"] + refused["discovery-limit"] == flood + 1, (values, refused)
        answers = flooder.answers()
        assert len(answers) == values["Answered"] - 1, (len(answers), values)
        assert all(answer.tag == REPORT for answer in answers)
        assert len(report.datagram) <= 2 * len(discovery()), len(report.datagram)
        assert daemon.notify("snmpinform", ["-v", "3", *credentials()], text="after it", source="127.0.0.22")
        daemon.wait_for_lines(1)
        daemon.sent = daemon.get("traplineArrived")
        daemon.closes_balanced()
        return f"{flood} sent, {len(answers)} answered, {refused['discovery-limit']} over the limit, " \
               f"{len(discovery())} octets asked and {len(report.datagram)} answered"


def an_inform_is_taken_only_by_our_own_clock(binaries):
    """RFC 3414 section 3.2 7a: other boots, and times that are more than 150 s off, are not-in-time-window, each answered
    with an authenticated report that tells the clock; what is within is taken. The counter of usmStats is exact."""
    with temporary_directory() as path, V3Daemon(binaries, path).start() as daemon, daemon.asker() as asker:
        # Twice: boots of 2 leave room for less.
        daemon.stop()
        daemon.start()
        ours = asker.discover()
        daemon.sent += 1
        latched = (1 << 31) - 1
        outside = [(ours.boots + boots, ours.time) for boots in (-1, 1)] + [(latched, ours.time)] + [
            (ours.boots, ours.time + 160), (ours.boots - 1, ours.time + 160), (ours.boots + 1, 0)]
        for boots, time in outside:
            for user in (noc, noc_without_privacy):
                report = asker.ask(user.message(pdu(INFORM, 1), boots, time, engine=ours.engine))
                assert report.tag == REPORT and report.flags & 1 and report.boots == ours.boots, (boots, time)
                assert report.first_name == oid(f"{USM_STATS}.{NOT_IN_WINDOW}.0")[2:], report.first_name
                daemon.sent += 1
        for number, time in enumerate((ours.time, ours.time + 140)):
            answer = asker.ask(noc_without_privacy.message(pdu(INFORM, 10 + number), ours.boots, time, engine=ours.engine))
            assert answer.tag == RESPONSE and answer.request == 10 + number, answer.datagram
            daemon.sent += 1
        daemon.settled()
        assert daemon.refused() == {"not-in-time-window": 2 * len(outside)}, daemon.refused()
        assert daemon.usm_statistics()[NOT_IN_WINDOW - 1] == 2 * len(outside), daemon.usm_statistics()
        assert len(daemon.wait_for_lines(2)) == 2
        daemon.closes_balanced()


def who_knows_our_engine_and_not_our_clock_is_told_it(binaries):
    """RFC 3414 section 4: an authenticated request to our engine ID is answered with an authenticated Report of our clock,
    whether the configuration knows its user or an inventory does, and the inform that follows is taken. Who cannot sign
    is not answered, and refused for that; neither is who knows the clock already."""
    with temporary_directory() as path:
        inventory = filled(binaries, path, "source,engines,credentials\n127.0.0.1,archive,stock\n",
                           credentials_csv([("stock", "passphrase", AUTH_SECRET, PRIV_SECRET)]))
        rules = f'<sqlite name="routes" path="{inventory}"/>'
        with V3Daemon(binaries, path, rules=rules).start() as daemon, daemon.asker() as asker:
            ours = asker.discover()
            daemon.sent += 1
            for name in ("noc", "stock"):
                signing, whole = User(name, "SHA-256"), User(name, "SHA-256", AUTH_SECRET, PRIV_SECRET)
                report = asker.ask(signing.message(pdu(GET, 5), 0, 0, engine=ours.engine))
                assert report.tag == REPORT and report.flags & 1 and report.boots == ours.boots, report.datagram
                assert report.first_name == oid(f"{USM_STATS}.{NOT_IN_WINDOW}.0")[2:], report.first_name
                answer = asker.ask(whole.message(pdu(INFORM, 6, text=name), report.boots, report.time, engine=ours.engine))
                assert answer.version == 3 and answer.flags & 3 == 3, answer.datagram
                asker.send(signing.message(pdu(GET, 7), 0, 0, engine=ours.engine, spoil=True))
                asker.send(signing.message(pdu(GET, 8), report.boots, report.time, engine=ours.engine))
                daemon.sent += 4
            asker.send(User("nobody", "SHA-256").message(pdu(GET, 9), 0, 0, engine=ours.engine))
            daemon.sent += 1
            values = daemon.settled()
            assert not asker.answers()
            assert values["Answered"] == 3, values
            assert daemon.refused() == {"wrong-digest": 2, "not-a-notification": 2, "unknown-user": 1}, daemon.refused()
            assert texts(daemon.wait_for_lines(2)) == ["noc", "stock"]
            daemon.closes_balanced()


def a_listener_says_as_much_as_it_is_told_to(binaries):
    """reports="discovery", "all" and "none", and informs="deliver": who learns why an inform was refused, who learns who
    we are, and who is not answered. No trap is ever answered."""
    ports = {"all": free_port(), "none": free_port(), "deliver": free_port()}
    listeners = "".join(
        f'<listener name="{name}" address="udp:[::]:{port}" metadata="routes" accept="all" '
        f'{"informs" if name == "deliver" else "reports"}="{name}"/>' for name, port in ports.items())
    with temporary_directory() as path, V3Daemon(binaries, path, listeners=listeners).start() as daemon, \
            daemon.asker() as asker:
        ours = asker.discover()
        daemon.sent += 1
        nobody = User("nobody", "SHA-256")

        def told(name, spoiled, tag=INFORM):
            """Which of usmStats the reports are about, to a forged message and to a stranger's."""
            asker.target = ("127.0.0.1", ports.get(name, daemon.port))
            for user, spoil in ((noc_without_privacy, True), (nobody, False)):
                asker.send(user.message(pdu(tag, spoiled), ours.boots, ours.time, engine=ours.engine, spoil=spoil, flags=5))
            daemon.sent += 2
            daemon.settled()
            return sorted(answer.first_name for answer in asker.answers())
        both = sorted(oid(f"{USM_STATS}.{counter}.0")[2:] for counter in (WRONG_DIGESTS, UNKNOWN_USERS))
        assert told("main", 1) == [] and told("none", 2) == []
        wait_until(lambda: told("all", 3) == both, "reports to who sends informs")
        assert told("all", 4, TRAP) == []
        asker.target = ("127.0.0.1", ports["none"])
        asker.send(discovery())
        asker.target = ("127.0.0.1", ports["deliver"])
        asker.send(v2c(pdu(INFORM, 5, text="not answered")))
        asker.send(noc.message(pdu(INFORM, 6, text="nor this"), ours.boots, ours.time, engine=ours.engine))
        daemon.sent += 3
        daemon.settled()
        assert not asker.answers()
        assert texts(daemon.wait_for_lines(2)) == ["not answered", "nor this"]
        refused = daemon.refused()
        daemon.closes_balanced()
        return f"refused {refused}"
