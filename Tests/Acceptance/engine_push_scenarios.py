"""Push over HTTP to services that are busy, broken, hung, down or poisoned: what is lost is nothing, or has a name."""


from api_daemon import APIDaemon, numbers
from daemon import free_port, temporary_directory, wait_until
from push_service import PushService
from traps import number, trap

SOURCES = ("127.0.0.2", "127.0.0.3", "127.0.0.4")


def push(url, settings="", more='<batch size="100" max-wait="10ms"/>'):
    return (f'<http name="push" url="{url}" {settings}>{more}<retry initial="20ms" max="200ms"/></http>'
            '<discard name="archive"/>')


def send(daemon, count, first=0, poison=None):
    """As many from each source."""
    for index in range(first, first + count):
        for source in SOURCES:
            daemon.sender.send(trap(index, text="poison" if (source, index) == poison else ""), source)
    daemon.sent += count * len(SOURCES)
    wait_until(lambda: daemon.get("traplineArrived") >= daemon.sent, "all to arrive")


def in_order(lines, count, without=()):
    for source in SOURCES:
        got = [number(line) for line in lines if line["source"] == source]
        assert got == [index for index in range(count) if (source, index) not in without], (source, got)


def delivered(daemon, service, count):
    wait_until(lambda: len(service.traps()) >= count, f"{count} traps at the service")
    values = daemon.settled()
    assert len(service.traps()) == count, "a trap came twice"
    return values


def a_service_gets_each_trap_once_in_order(binaries):
    with temporary_directory() as directory, PushService() as service:
        with APIDaemon(binaries, directory, push(service.url), default="push").start() as daemon:
            send(daemon, 200)
            assert delivered(daemon, service, 600)["Delivered"] == 600
            in_order(service.traps(), 200)
            _, headers = service.requests[0]
            batches = [headers["Trapline-Batch"] for _, headers in service.requests]
            assert len(set(batches)) == len(batches) and headers["Trapline-Engine"] == "push", headers
            assert headers["Content-Type"] == "application/x-ndjson", headers
            for _, headers in service.requests:
                assert int(headers["Trapline-First-Sequence"]) <= int(headers["Trapline-Last-Sequence"]), headers
            return f"{len(batches)} batches"


def a_service_that_throttles_sets_the_pace(binaries):
    """429 with Retry-After is waited for, the pace goes down and is shown, and all is delivered in the end."""
    with temporary_directory() as directory, PushService() as service:
        with APIDaemon(binaries, directory, push(service.url), default="push").start() as daemon:
            send(daemon, 400)
            delivered(daemon, service, 1200)
            before = daemon.api.engine("push")["pace"]
            assert "limit" not in before and before["acknowledged"] > 0, before
            service.retry_after, service.mode = 1, 429
            send(daemon, 100, first=400)
            throttled = wait_until(lambda: (view := daemon.api.engine("push"))["pace"].get("limit") and view, "a limit")
            assert "429" in throttled["lastError"] and throttled["state"] == "waiting-retry", throttled
            assert "push" in (text := daemon.tool("engines")) and " of " in text, text
            first = throttled["pace"]["limit"]
            second = wait_until(lambda: (now := daemon.api.engine("push")["pace"]["limit"]) < first and now, "a lower one")
            assert second <= max(0.51 * first, 500), (first, second)  # by half, but never below a batch each 200 ms
            # A second's pause for each refusal: whoever does not wait asks some times more until here.
            asked = service.answers[429]
            assert asked <= 3, service.answers
            service.mode = "ok"
            delivered(daemon, service, 1500)
            in_order(service.traps(), 500)
            return (f"{before['acknowledged']:.0f}/s acknowledged before, limit {first:.0f}/s after a refusal, {second:.0f}/s "
                    f"after {asked}")


def a_service_in_trouble_gets_the_same_batch_until_it_takes_it(binaries):
    """503, a connection that closes, a body half read, an answer that never comes, nobody there: never a dead letter."""
    with temporary_directory() as directory, PushService() as service:
        settings = 'timeout="200ms" connect-timeout="200ms"'
        with APIDaemon(binaries, directory, push(service.url, settings), default="push").start() as daemon:
            total, errors = 0, {}
            for mode in ("ok", 503, "close", "hang", "silent", 408, 425, 502, 504):
                service.mode = mode
                retries = daemon.api.engine("push")["retries"]
                send(daemon, 20, first=total)
                if mode != "ok":
                    view = wait_until(lambda: (view := daemon.api.engine("push"))["retries"] >= retries + 2 and view,
                                      f"two tries with {mode}")
                    errors[mode] = view["lastError"]
                    assert str(mode) in view["lastError"] or isinstance(mode, str), view
                    assert view["backlog"]["batchesInFlight"] == 1 and view["failures"] >= 1, view
                service.mode = "ok"
                total += 20
                delivered(daemon, service, 3 * total)
            in_order(service.traps(), total)
            port = service.port
            service.stop()
            send(daemon, 20, first=total)
            wait_until(lambda: daemon.api.engine("push")["failures"] >= 2, "two tries with nobody there")
            with PushService(port) as back:
                delivered(daemon, back, 60)
                assert [number(line) for line in back.traps() if line["source"] == SOURCES[0]] == list(range(total, total + 20))
            view = daemon.api.engine("push")
            assert view["missed"] == {} and view["delivered"] == 3 * (total + 20), view
            return f"{view['retries']} retries, {view['delivered']} delivered"


def one_poisonous_trap_among_500_is_the_only_dead_letter_and_can_be_replayed(binaries):
    poison = (SOURCES[1], 77)
    with temporary_directory() as directory, PushService() as service:
        service.poison = "poison"
        engines = push(service.url, more='<batch size="500" max-wait="2s"/>')
        with APIDaemon(binaries, directory, engines, default="push").start() as daemon:
            send(daemon, 166, poison=poison)
            daemon.traps([166, 167], source=SOURCES[0])
            values = delivered(daemon, service, 499)
            lines = service.traps()
            assert [n for n in numbers(lines) if n >= 166] == [166, 167]
            in_order([line for line in lines if number(line) < 166], 166, without=[poison])
            assert values["Missed"] == 1 == daemon.get("traplineMissedDeadLetter"), values
            path = daemon.state / "dead-letters" / "push.ndjson"
            (letter,) = wait_until(lambda: path.exists() and daemon.lines(path), "the dead letter")
            assert letter["source"] == poison[0] and "500" in letter["reason"] and letter["engine"] == "push", letter
            requests = sum(service.answers.values())
            assert requests < 25, f"{requests} requests: halving takes about 2 log2(500)"
            # Mended: the letter goes back, and is delivered as what it was.
            service.poison = None
            assert "1" in daemon.tool("replay", "--dry-run", str(path), "--to", "push")
            daemon.tool("replay", str(path), "--to", "push")
            wait_until(lambda: len(service.traps()) == 500, "the letter at the service")
            last = service.traps()[-1]
            assert (last["source"], number(last), last["received"]) == (*poison, letter["received"]), last
            view = daemon.api.engine("push")
            assert (view["replayed"], view["routed"], view["delivered"]) == (1, 501, 500), view
            daemon.settled()
            return f"found in {requests} requests"


def a_service_killed_with_a_batch_in_flight_gets_it_again(binaries):
    port = free_port()
    with temporary_directory() as directory, PushService(port) as service:
        with APIDaemon(binaries, directory, push(service.url, more='<batch size="50" max-wait="10ms"/>'),
                       default="push").start() as daemon:
            send(daemon, 50)
            delivered(daemon, service, 150)
            service.mode = "silent"
            send(daemon, 50, first=50)
            flight = wait_until(lambda: daemon.api.engine("push")["backlog"]["batchesInFlight"], "a batch in flight")
            service.stop()
            with PushService(port) as back:
                delivered(daemon, back, 150)
                in_order(service.traps() + back.traps(), 100)
                assert flight == 1 and daemon.api.engine("push")["missed"] == {}


def a_quiet_engine_that_is_down_loses_nothing_beside_a_busy_one(binaries):
    """The event queue is full to its bound; the largest backlog alone pays."""
    port = free_port()
    rules = """<rules name="routes"><route source="127.0.0.2/32" engines="quiet"/><default engines="archive"/></rules>"""
    quiet = (f'<http name="quiet" url="http://127.0.0.1:{port}/traps"><batch size="100" max-wait="10ms"/>'
             '<queue reserve="1MiB"/><retry initial="20ms" max="200ms"/></http><discard name="archive"/>')
    with temporary_directory() as directory:
        with APIDaemon(binaries, directory, quiet, rules=rules, more='<memory limit="160MiB"/>').start() as daemon:
            busy = daemon.register("busy", subscribe=[{"source": ["127.0.0.3"]}])
            daemon.traps(range(100), source="127.0.0.2")
            text = "x" * 30000
            for first in range(0, 4000, 200):
                daemon.traps(range(first, first + 200), source="127.0.0.3", text=text)
                if first == 2000:
                    daemon.traps(range(100, 200), source="127.0.0.2")
            missed = daemon.get("traplineMissedBound")
            assert missed > 0 and daemon.api.engine("busy")["missed"]["bound"] == missed, missed
            view = daemon.api.engine("quiet")
            assert view["missed"] == {} and view["failures"], view
            with PushService(port) as service:
                wait_until(lambda: len(service.traps()) >= 200, "the quiet engine's traps")
                assert numbers(service.traps()) == list(range(200)) and not service.gaps()
            assert busy.acknowledge(busy.take("5s")).status == 204  # made up before the bound was reached
            assert busy.take("5s").lines()[0]["missed"]["count"] > 0, "the busy one is told"
            assert busy.end().status == 204
            values = daemon.settled()
            view = daemon.api.engine("quiet")
            assert (view["delivered"], view["missed"]) == (200, {}), view
            return f"the busy one missed {missed} of 4000 at the bound, the quiet one 0 of 200"
