"""SNMPv3: who is believed and who is not, and what is told of it. Each scenario is a function whose docstring is the
demand."""

import itertools
import os
import pathlib
import re
import threading
import time

import usm_sender
from daemon import free_port, temporary_directory, wait_until
from usm_sender import (AUTH_SECRET, DEVICE, PRIV_SECRET, TRAP, User, element, integer, localized, octets, oid, pdu,
                        varbind)
from v3_daemon import (AUTH, DECRYPTION_ERRORS, NOC, NOT_IN_WINDOW, PRIV, SECRETS, SNMP_ENGINE, UNKNOWN_USERS,
                       UNSUPPORTED_LEVELS, WRONG_DIGESTS, V3Daemon, assert_no_secret_in, credentials, noc,
                       noc_without_privacy, texts)

OTHER_DEVICE = bytes.fromhex("80000000010203ffee")
MANY = f"""{NOC}
<user name="strict" {AUTH} {PRIV}/>
<user name="signer" {AUTH}/>
<user name="anybody"/>
<user name="bound" {AUTH} {PRIV} engine-id="{OTHER_DEVICE.hex()}"/>
<user name="bound-too" credentials="general" {AUTH}/>
<user name="bound-too" credentials="special" {AUTH} {PRIV} engine-id="{OTHER_DEVICE.hex()}"/>"""


def each_message_that_is_not_believed_has_one_cause_and_no_secret_is_told(binaries):
    """Unknown users, wrong secrets, levels that a user lacks or a listener, user or route does not take, and users of
    another engine ID: by a real sender, each in the ledger under its cause, its source in the log, and in usmStats."""
    port = free_port()
    strict = (f'<listener name="strict" address="udp:127.0.0.1:{port}" metadata="routes" accept="all" '
              'minimum-level="authPriv"/>')
    route = '<route source="127.0.0.3/32" minimum-level="authPriv" engines="archive"/>'
    orders = [
        ("unknown-user", credentials("nobody"), {}),
        ("wrong-digest", credentials(auth="not the secret"), {}),
        ("decryption-error", credentials(priv="not the secret"), {}),
        ("unsupported-level", credentials("signer"), {}),
        ("unsupported-level", credentials("anybody", level="authNoPriv"), {}),
        ("minimum-level", credentials("strict", level="authNoPriv"), {}),
        ("minimum-level", credentials("strict", level="noAuthNoPriv"), {}),
        ("minimum-level", credentials(level="authNoPriv"), {"port": port}),
        ("minimum-level", credentials(level="authNoPriv"), {"source": "127.0.0.3"}),
        ("unknown-user", credentials("bound"), {}),
        ("unsupported-level", credentials("bound-too"), {}),
        (None, credentials(), {}),
        (None, credentials(level="authNoPriv"), {}),
        (None, credentials(level="noAuthNoPriv"), {}),
        (None, credentials(), {"port": port}),
        (None, credentials(), {"source": "127.0.0.3"}),
        (None, credentials("bound"), {"engine": OTHER_DEVICE}),
        (None, credentials("bound-too", level="authNoPriv"), {}),
        (None, credentials("bound-too"), {"engine": OTHER_DEVICE}),
        (None, credentials("anybody", level="noAuthNoPriv"), {}),
    ]
    with temporary_directory() as path, \
            V3Daemon(binaries, path, users=MANY, listeners=strict, routes=route).start() as daemon:
        wanted = {}
        for number, (cause, words, more) in enumerate(orders):
            daemon.v3_trap(*words, text=str(number), **more)
            daemon.settled()
            if cause:
                wanted[cause] = wanted.get(cause, 0) + 1
            assert daemon.refused() == wanted, (cause, words, more, daemon.refused(), wanted)
        delivered = [str(number) for number, order in enumerate(orders) if order[0] is None]
        assert texts(daemon.wait_for_lines(len(delivered))) == delivered
        statistics = daemon.usm_statistics()
        for counter, cause in ((UNSUPPORTED_LEVELS, "unsupported-level"), (UNKNOWN_USERS, "unknown-user"),
                               (WRONG_DIGESTS, "wrong-digest"), (DECRYPTION_ERRORS, "decryption-error")):
            assert statistics[counter - 1] == wanted[cause], (statistics, wanted)
        for cause in wanted:
            wait_until(lambda: f"127.0.0.1 refused: {cause}; user " in daemon.log(), f"the line about {cause}")
        for told in (daemon.log(), daemon.status(), daemon.settings(), daemon.tool("explain", "127.0.0.1", "--json")):
            assert_no_secret_in(told)
        daemon.closes_balanced()
        assert_no_secret_in(daemon.log())
        for file in daemon.state.iterdir():
            if file.is_file():
                assert_no_secret_in(file.read_bytes().decode("latin-1"))
        return f"{len(orders)} orders, {len(wanted)} causes, usmStats {statistics}"


def a_flood_of_forged_messages_makes_few_lines_of_the_log_and_they_count_all(binaries):
    """Wrong digests from one source: the lines are far fewer than the messages, and with the numbers in them add up. The
    message of another source in between has its own line."""
    forged = 2000
    with temporary_directory() as path, V3Daemon(binaries, path).start() as daemon, daemon.asker("127.0.0.4") as asker:
        def lines():
            return re.findall(r"SNMPv3 message of (\S+) refused: wrong-digest;.*?(?:; (\d+) more.*)?$", daemon.log(), re.M)
        started = time.monotonic()
        for number in range(forged):
            asker.send(noc_without_privacy.message(pdu(TRAP, number), 1, number, spoil=True))
            daemon.sent += 1
            if number % 100 == 99:
                daemon.settled()
        # A device with a wrong secret is not hidden by the flood.
        daemon.v3_trap(*credentials(auth="not the secret"), source="127.0.0.5")
        wait_until(lambda: "SNMPv3 message of 127.0.0.5 refused: wrong-digest" in daemon.log(), "the device to be named")
        # What was not told yet is told with the next one after a second's silence.
        def told():
            asker.send(noc_without_privacy.message(pdu(TRAP, forged), 1, 1, spoil=True))
            daemon.sent += 1
            daemon.settled()
            return sum(1 + int(more or 0) for _, more in lines()) == daemon.sent
        wait_until(told, "a line that counts the rest")
        seconds = time.monotonic() - started
        assert daemon.refused() == {"wrong-digest": daemon.sent}, daemon.refused()
        assert {source for source, _ in lines()} == {"127.0.0.4", "127.0.0.5"}
        assert len(lines()) <= seconds + 3, (len(lines()), seconds)
        assert daemon.usm_statistics()[WRONG_DIGESTS - 1] == daemon.sent
        daemon.closes_balanced()
        return f"{daemon.sent} messages, {len(lines())} lines in {seconds:.1f} s"


def a_trap_is_taken_once_and_only_within_its_window_even_after_a_restart(binaries):
    """Equal octets are a repeat; what is 151 s older than the latest, or of former boots, is refused: by the same
    process, by the next one after a stop, and by one after a kill."""
    with temporary_directory() as path, V3Daemon(binaries, path).start() as daemon:
        def send(boots_and_time, text):
            daemon.v3_trap("-Z", boots_and_time, *credentials(), text=text)
            daemon.settled()
        send("5,1000", "first")
        send("5,900", "late, within the window")
        send("5,849", "too late")
        send("4,5000", "of former boots")
        assert daemon.refused() == {"not-in-time-window": 2}, daemon.refused()
        send("5,1300", "later")
        with daemon.asker() as asker:
            recording = noc.message(pdu(TRAP, 1, text="recorded"), 5, 1301)
            for _ in range(3):
                asker.send(recording)
            daemon.sent += 3
            daemon.settled()
            assert daemon.refused() == {"not-in-time-window": 2, "repeat": 2}, daemon.refused()
            assert texts(daemon.wait_for_lines(4)) == ["first", "late, within the window", "later", "recorded"]
            daemon.closes_balanced()
            for end in (daemon.kill, daemon.stop):
                daemon.start()
                daemon.sent = 0
                send("5,1000", "older than the restart")
                send("4,9000", "of former boots")
                assert daemon.refused() == {"not-in-time-window": 2}, (end, daemon.refused())
                send("5,1400" if end == daemon.kill else "6,0", "young")
                assert texts(daemon.wait_for_lines(1)) == ["young"]
                end()
        # The kill was before the young one's time could be written; the stop after it knows of new boots.
        daemon.start()
        daemon.sent = 0
        send("5,9999", "of boots before the last stop")
        assert daemon.refused() == {"not-in-time-window": 1}, daemon.refused()
        # usmStatsNotInTimeWindows counts those sent to our own clock alone (RFC 3414 section 3.2 7a).
        assert daemon.usm_statistics()[NOT_IN_WINDOW - 1] == 0, daemon.usm_statistics()
        daemon.closes_balanced()


def a_user_of_devices_without_a_clock_is_taken_at_any_time(binaries):
    """`time-window="ignore"`: boots and time may fall; equal octets stay a repeat."""
    users = f'<user name="noc" {AUTH} {PRIV} time-window="ignore"/>'
    with temporary_directory() as path, V3Daemon(binaries, path, users=users).start() as daemon:
        for boots_and_time in ("5,1000", "5,1", "1,0", "0,0", "5,800"):
            daemon.v3_trap("-Z", boots_and_time, *credentials(), text=boots_and_time)
        assert len(daemon.wait_for_lines(5)) == 5
        with daemon.asker() as asker:
            recording = noc.message(pdu(TRAP, 1, text="recorded"), 1, 1)
            asker.send(recording)
            asker.send(recording)
        daemon.sent += 2
        daemon.settled()
        assert daemon.refused() == {"repeat": 1}, daemon.refused()
        daemon.closes_balanced()


def boots_rise_with_each_start_and_a_damaged_file_is_told_and_latched(binaries):
    """After stops and kills alike; snmpEngineID, snmpEngineBoots and snmpEngineTime answer by SNMP. Where the file cannot
    be believed the log names it and what to do, traps are taken and authenticated informs are not."""
    with temporary_directory() as path, V3Daemon(binaries, path).start() as daemon:
        identity, boots = daemon.engine()
        assert boots == 1
        for expected in (2, 3):
            daemon.kill() if expected == 2 else daemon.stop()
            daemon.start()
            assert daemon.engine() == (identity, expected)
        shown = daemon.objects(SNMP_ENGINE, (1, 2, 3, 4))
        assert shown[0].strip('" ').replace(" ", "").lower() == identity, (shown, identity)
        assert shown[1] == "3" and int(shown[2]) < 300 and int(shown[3]) >= 484, shown
        assert daemon.notify("snmpinform", ["-v", "3", *credentials()], text="answered")
        daemon.wait_for_lines(1)
        daemon.stop()
        file = daemon.state / "snmp-engine"
        file.write_text(file.read_text().replace("boots 3", "boots 2"))
        damaged = file.read_text()
        daemon.start()
        (line,) = [line for line in daemon.log().splitlines() if "snmp-engine" in line]
        assert str(file) in line and "boots cannot be read" in line and "remove it" in line, line
        daemon.sent = 0
        daemon.v3_trap(*credentials(), text="a trap")
        daemon.settled()
        assert texts(daemon.wait_for_lines(1)) == ["a trap"]
        assert not daemon.notify("snmpinform", ["-v", "3", "-r", "0", "-t", "1", *credentials()], text="an inform")
        assert "an inform" not in texts(daemon.lines())
        refused = daemon.refused()
        assert set(refused) == {"not-in-time-window"}, refused
        assert file.read_text() == damaged, "the file is evidence"
        values = daemon.at_rest(1)
        daemon.sent = values["Arrived"]
        daemon.closes_balanced()


def odd_pairs_are_delivered_and_marked(binaries):
    """A v1 Trap-PDU inside SNMPv3, a trap with our own engine ID, and another context engine ID."""
    with temporary_directory() as path, V3Daemon(binaries, path).start() as daemon, daemon.asker() as asker:
        v1 = element(0xA4, oid("1.3.6.1.4.1.9.9") + element(0x40, bytes([192, 0, 2, 9])) + integer(6) + integer(42)
                     + integer(100, 0x43) + element(0x30, varbind("1.3.6.1.2.1.1.5.0", octets(b"odd"))))
        ours = asker.discover()
        daemon.sent += 1
        asker.send(noc.message(v1, 1, 1))
        asker.send(noc.message(pdu(TRAP, 1, text="ours"), ours.boots, ours.time, engine=ours.engine))
        asker.send(noc.message(pdu(TRAP, 2, text="context"), 1, 2, context=OTHER_DEVICE))
        daemon.sent += 3
        daemon.settled()
        odd, own, context = daemon.wait_for_lines(3)
        assert odd["version"] == "3" and odd["specific"] == 42 and odd["enterprise"] == "1.3.6.1.4.1.9.9", odd
        assert odd["verified"] is True and odd["user"] == "noc" and odd["trap"]["oid"] == "1.3.6.1.4.1.9.9.0.42", odd
        assert own["engineID"] == ours.engine.hex() and own["level"] == "authPriv", own
        assert context["engineID"] == DEVICE.hex(), context
        assert not asker.answers(), "a trap was answered"
        daemon.closes_balanced()
        return f"v1 in v3: {({key: odd[key] for key in odd if key not in ('varbinds', 'received')})}"


def a_secret_may_be_a_passphrase_a_master_key_or_a_localized_key(binaries):
    """A real sender that is given the passphrases is believed by each form; the keys are told nowhere."""
    master = {secret: usm_sender.master_key(secret, "sha256").hex() for secret in SECRETS.values()}
    local = {secret: localized(secret, DEVICE, "sha256").hex() for secret in SECRETS.values()}
    local[PRIV_SECRET] = local[PRIV_SECRET][:32]
    users = ""
    for form, keys in (("master", master), ("localized", local)):
        names = [f"V3_{form.upper()}_{number}" for number in (1, 2)]
        os.environ.update(zip(names, (keys[AUTH_SECRET], keys[PRIV_SECRET])))
        users += (f'<user name="{form}" auth="SHA-256" auth-secret="env:{names[0]}" priv="AES-128" '
                  f'priv-secret="env:{names[1]}" secret-form="{form}"'
                  + (f' engine-id="{DEVICE.hex()}"/>' if form == "localized" else "/>"))
    with temporary_directory() as path, V3Daemon(binaries, path, users=users).start() as daemon:
        for form in ("master", "localized"):
            daemon.v3_trap(*credentials(form), text=form)
        daemon.settled()
        assert daemon.refused() == {}, daemon.refused()
        assert texts(daemon.wait_for_lines(2)) == ["master", "localized"]
        told = (daemon.log() + daemon.status() + daemon.settings()).lower()
        assert not any(key[:16] in told for keys in (master, local) for key in keys.values()), "a key is told"
        daemon.closes_balanced()


def users_change_by_reload_and_those_who_stay_lose_nothing(binaries):
    """Under traffic: one is added, one removed, one has another secret in the same file; a mistake changes nobody. Traps
    of the user who stays are all delivered, in order."""
    with temporary_directory() as path:
        secret = pathlib.Path(path, "changing.secret")
        secret.write_text("the first secret\n")
        secret.chmod(0o600)
        changing = f'<user name="changing" auth="SHA-256" auth-secret="file:{secret}"/>'
        removed, added = (f'<user name="{name}" {AUTH}/>' for name in ("removed", "added"))
        with V3Daemon(binaries, path, users=NOC + changing + removed).start() as daemon, daemon.asker() as asker:
            clock = itertools.count(1)
            def check(**wanted):
                """Sends one trap of each, and sees whether it is taken, or why not."""
                for name, cause in wanted.items():
                    user = User(name.split("_")[0], "SHA-256",
                                {"changing_first": "the first secret", "changing_second": "the second secret"}.get(
                                    name, AUTH_SECRET))
                    before = daemon.refused()
                    asker.send(user.message(pdu(TRAP, 1, text=name), 1, next(clock), engine=OTHER_DEVICE))
                    wait_until(lambda: (len([text for text in texts(daemon.lines()) if text == name]), daemon.refused()) == (
                        told.get(name, 0) + (cause is None), plus(before, cause)), f"{name} to be {cause or 'taken'}")
                    told[name] = told.get(name, 0) + (cause is None)
                    checked.append(cause)
            told, checked = {}, []
            with Steady(daemon) as steady:
                check(changing_first=None, changing_second="wrong-digest", removed=None, added="unknown-user")
                daemon.users = NOC + changing + '<user name="added" auth="SHA-256" auth-secret="env:V3_NOWHERE"/>'
                daemon.write(daemon.engines)
                daemon.hang_up("V3_NOWHERE")
                check(changing_first=None, removed=None, added="unknown-user")
                secret.write_text("the second secret\n")
                daemon.users = NOC + changing + added
                daemon.write(daemon.engines)
                daemon.hang_up()
                check(changing_first="wrong-digest", changing_second=None, removed="unknown-user", added=None)
                secret.write_text("the first secret\n")
                daemon.hang_up()
                check(changing_first=None, changing_second="wrong-digest")
            daemon.sent = steady.count + len(checked)
            values = daemon.settled()
            numbers = [int(text) for text in texts(daemon.wait_for_lines(values["Delivered"])) if text.isdigit()]
            assert numbers == list(range(steady.count)), (steady.count, len(numbers))
            assert values["Refused"] == sum(cause is not None for cause in checked), values
            assert "secret\n" not in daemon.log() and "the second secret" not in daemon.log()
            daemon.closes_balanced()
            return f"{steady.count} traps of the user who stayed, through 3 reloads"


def plus(refused, cause):
    return {**refused, cause: refused.get(cause, 0) + 1} if cause else refused


class Steady:
    """Traps of `noc`, numbered, from an address of their own, until the end of the block."""

    def __init__(self, daemon):
        self.daemon, self.count, self.stopping = daemon, 0, threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        with self.daemon.asker("127.0.0.51") as asker:
            while not self.stopping.wait(0.002):
                asker.send(noc_without_privacy.message(pdu(TRAP, self.count, text=str(self.count)), 1, 1 + self.count // 100))
                self.count += 1

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.thread.join()
