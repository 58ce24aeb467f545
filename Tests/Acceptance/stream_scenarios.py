"""SNMP over TCP, TLS and DTLS, with Net-SNMP's tools and with sockets that mean ill. Each scenario is a function whose
docstring is the demand."""

import pathlib
import random
import signal
import socket
import ssl
import time

from daemon import temporary_directory, wait_until
from stream_daemon import TSM, StreamDaemon, dtls, ended, name_of, shown_by_dtls
from traps import trap
from usm_sender import TRAP, pdu, v2c
from v3_daemon import credentials, texts

V2C = ["-v", "2c", "-c", "public"]


def net_snmp_by_tcp_tls_and_dtls_is_delivered_and_answered(binaries):
    """Each trap comes once, with the name that its certificate gives; each inform is answered by its connection."""
    senders = [("tcp", "127.0.0.1", V2C, None, None), ("tcp6", "[::1]", V2C, None, None),
               ("tcp", "127.0.0.1", ["-v", "3", *credentials()], None, "noc"),
               *[(scheme, host, TSM, identity, user) for scheme, host in
                 [("tlstcp", "127.0.0.1"), ("tlstcp", "[::1]"), ("dtlsudp", "127.0.0.1"), ("dtlsudp6", "[::1]")]
                 for identity, user in [("device", "router-7"), ("pinned", "noc")]]]
    with temporary_directory() as path, StreamDaemon(binaries, path, versions="obsolete").start() as daemon:
        sent = 0
        for scheme, host, words, identity, user in senders:
            for tool in ("snmptrap", "snmpinform"):
                extra = ["-e", "0x8000000001020304"] if words[1] == "3" and not identity and tool == "snmptrap" else []
                complaint = daemon.tell(tool, scheme, words + extra, f"{sent}", host, identity)
                assert complaint is None, (scheme, tool, identity, complaint, daemon.log()[-2000:])
                sent += 1
                line = daemon.arrives(sent, f"{sent - 1}")[-1]
                wanted = {"listener": scheme.replace("6", ""), "source": host.strip("[]"), "version": words[1],
                          "pdu": tool.removeprefix("snmp")}
                if user:
                    wanted |= {"user": user, "level": "authPriv", "verified": True}
                assert {key: line.get(key) for key in wanted} == wanted, (line, wanted)
        # The v3 inform over TCP asked for the engine ID first.
        daemon.sent = daemon.get("traplineArrived")
        values = daemon.closes_balanced()
        assert values["Placed"] == sent == len(daemon.lines()) and values["Refused"] == 0, values
        return f"{sent} notifications, {values['Answered']} discoveries"


def a_certificate_that_nobody_knows_is_refused_and_named(binaries):
    """Unmapped, of an unknown authority, expired, without the field that gives the name, or none at all: refused in the
    handshake, counted, and the log has the peer and the reason. Nothing arrives; who is known goes on."""
    cases = {"stranger": "self-signed certificate", "foreign": "is not verified",
             "expired": "certificate has expired", "nameless": "no security name"}
    with temporary_directory() as path, StreamDaemon(binaries, path, versions="obsolete").start() as daemon:
        for scheme in ("tlstcp", "dtlsudp"):
            for number, (identity, reason) in enumerate(cases.items(), 1):
                daemon.tell("snmpinform", scheme, TSM, "nobody", identity=identity, patience="1")
                daemon.wait_for_connections(scheme, failedHandshakes=number, open=0)
                last = daemon.warnings(scheme, "handshake failed", number)[-1]
                assert reason in last and f"listener {scheme}: 127.0.0.1:" in last, (identity, last)
            assert len(daemon.warnings(scheme, "handshake failed", len(cases))) == len(cases)
        try:
            with daemon.secured(None) as connection:
                name = name_of(connection)
                assert ended(connection)
        except OSError:
            name = "127.0.0.1:"
        daemon.wait_for_connections("tlstcp", failedHandshakes=len(cases) + 1, open=0)
        assert any(name in line for line in daemon.warnings("tlstcp", "did not return a certificate")), daemon.log()
        assert daemon.get("traplineArrived") == 0 and not daemon.lines()
        assert daemon.tell("snmpinform", "tlstcp", TSM, "known", identity="device") is None
        daemon.arrives(1, "known")
        daemon.closes_balanced()
        return f"{2 * len(cases) + 1} refused"


def a_renewed_certificate_is_shown_after_a_reload(binaries):
    """HUP with another certificate and key in the same files: who connects from then on is shown the new one, by TLS and
    by DTLS, and connections that were there go on. Files that do not go together are refused by name, and the certificate
    stays."""
    with temporary_directory() as path, StreamDaemon(binaries, path).start() as daemon:
        files = daemon.certificates
        def shown():
            with daemon.secured() as connection:
                by_tls = connection.getpeercert(binary_form=True)
            by_dtls = ssl.PEM_cert_to_DER_cert(shown_by_dtls(daemon))
            assert by_tls == by_dtls
            return by_tls
        def expected():
            return ssl.PEM_cert_to_DER_cert(files.path("server.crt").read_text())
        before = shown()
        assert before == expected()
        with daemon.secured() as kept:
            files.issued("server", "/CN=localhost", alternatives="DNS:localhost,IP:127.0.0.1")
            assert shown() == before != expected(), "shown without a reload"
            daemon.signal(signal.SIGHUP)
            wait_until(lambda: "reloaded: " in daemon.log(), "the reload")
            assert shown() == expected() != before
            kept.sendall(v2c(pdu(TRAP, 1, text="kept")))
            daemon.arrives(1, "kept")
        renewed = expected()
        files.alone("server")
        files.path("server.key").write_text(files.path("device.key").read_text())
        daemon.signal(signal.SIGHUP)
        wait_until(lambda: "not reloaded" in daemon.log(), "the refusal")
        assert any("not reloaded" in line and "mismatch" in line for line in daemon.log().splitlines()), daemon.log()
        assert shown() == renewed
        daemon.closes_balanced()


def connections_have_a_limit_by_listener_and_by_source(binaries):
    """Above it the next one is closed and counted, and the log names it; one that ends makes room."""
    limits = 'connections="4" connections-per-source="3"'
    with temporary_directory() as path, StreamDaemon(binaries, path, limits=limits).start() as daemon:
        with daemon.connected() as first, daemon.connected() as second, daemon.connected():
            daemon.wait_for_connections("tcp", open=3)
            with daemon.connected() as fourth:
                assert ended(fourth)
                daemon.warnings("tcp", f"{name_of(fourth)}: refused: it has 3 connections")
            with daemon.connected(source="127.0.0.2") as other:
                daemon.wait_for_connections("tcp", open=4, refused=1)
                with daemon.connected(source="127.0.0.3") as fifth:
                    assert ended(fifth)
                    daemon.warnings("tcp", f"{name_of(fifth)}: refused: the listener has 4")
                daemon.wait_for_connections("tcp", open=4, accepted=4, refused=2)
                first.close()
                daemon.wait_for_connections("tcp", open=3)
                with daemon.connected() as again:
                    for number, connection in enumerate([again, second, other]):
                        connection.sendall(trap(number))
                    daemon.arrives(3)
        daemon.wait_for_connections("tcp", open=0, accepted=5)
        daemon.closes_balanced()


def a_silent_connection_is_closed_after_its_idle_time(binaries):
    """Silent, with half a message, or with an octet now and then: over TCP and over TLS. What was half a message is
    refused as malformed, and named."""
    with temporary_directory() as path, StreamDaemon(binaries, path, limits='idle="1s"').start() as daemon:
        message = trap(1)
        with daemon.connected() as silent, daemon.connected() as half, daemon.connected() as slow, \
                daemon.secured() as secured, dtls(daemon) as datagrams:
            began = time.monotonic()
            half.sendall(message[:40])
            secured.sendall(message[:1])
            datagrams.stdin.write(trap(7))
            datagrams.stdin.flush()
            slow.settimeout(0.1)
            for octet in message:
                try:
                    slow.sendall(bytes([octet]))
                    if slow.recv(1) == b"":
                        break
                except TimeoutError:
                    continue
                except ConnectionError:
                    break
            else:
                raise AssertionError("octet by octet, it was never closed")
            for connection in (silent, half, secured):
                assert ended(connection)
            took = time.monotonic() - began
            daemon.wait_for_connections("tcp", open=0, idleClosed=3)
            daemon.wait_for_connections("tlstcp", open=0, idleClosed=1)
            daemon.wait_for_connections("dtlsudp", open=0, idleClosed=1, accepted=1)
            daemon.warnings("tcp", f"{name_of(half)}: connection closed: ")
        # The DTLS peer's own, and three that never were whole.
        daemon.sent = 4
        values = daemon.closes_balanced()
        assert (values["Refused"], values["Placed"]) == (3, 1), values
        return f"all closed {took:.1f} s after their begin, with an idle time of 1 s"


def messages_are_cut_from_the_stream_as_they_come(binaries):
    """One octet at a time, many in a segment, one over several segments and TLS records: each arrives once and whole.
    150 messages with the farewell behind them, in one write of TLS: all arrive."""
    with temporary_directory() as path, StreamDaemon(binaries, path).start() as daemon:
        with daemon.connected() as connection:
            for octet in trap(1, text="slow"):
                connection.sendall(bytes([octet]))
            connection.sendall(trap(2, text="one") + trap(3, text="two"))
            long = trap(4, text="x" * 50_000)
            for start in range(0, len(long), 9_999):
                connection.sendall(long[start:start + 9_999])
            assert [text[:4] for text in texts(daemon.arrives(4))] == ["slow", "one", "two", "xxxx"]
        with daemon.secured() as secured:
            for octet in trap(5, text="slow"):
                secured.sendall(bytes([octet]))
            secured.sendall(long)
            daemon.arrives(6)
        with daemon.secured() as secured:
            secured.sendall(b"".join(trap(number) for number in range(150)))
            try:
                secured.unwrap()
            except OSError:
                pass
        daemon.arrives(156)
        with daemon.connected() as connection:
            connection.sendall(b"".join(trap(number) for number in range(500)))
        daemon.arrives(656)
        values = daemon.closes_balanced()
        assert values["Placed"] == 656 and len(daemon.lines()) == 656 and values["Refused"] == 0, values


def what_is_no_message_closes_its_connection_and_nobody_elses(binaries):
    """A wrong tag, an indefinite length, a length of five octets, one above 65,535, an end within a message: the whole
    messages before it arrive, it is malformed, and the log names the peer."""
    broken = {"not 48": b"\x31\x03\x02\x01\x00", "a length of 0": b"\x30\x80\x02\x01",
              "a length of 5": b"\x30\x85\x00\x00\x00\x00\x05", "70000 octets": b"\x30\x83\x01\x11\x6b\x02"}
    with temporary_directory() as path, StreamDaemon(binaries, path).start() as daemon:
        with daemon.connected() as bystander, daemon.secured() as secured:
            count = 0
            for reason, octets in broken.items():
                with daemon.connected() as connection:
                    connection.sendall(trap(count) + octets)
                    name = name_of(connection)
                    assert ended(connection)
                count += 1
                wait_until(lambda: daemon.ledger()["refused"] == {"malformed": count}, "it to be malformed")
                (line,) = daemon.warnings("tcp", f"{name}: connection closed: ")
                assert reason in line, line
            with daemon.connected() as connection:
                connection.sendall(trap(9) + trap(10)[:20])
                name = name_of(connection)
            count += 1
            daemon.warnings("tcp", f"{name}: connection closed: it ended within a message, after 20")
            with daemon.secured() as other:
                other.sendall(b"GET / HTTP/1.1\r\n\r\n")
                assert ended(other)
            for connection in (bystander, secured):
                connection.sendall(trap(100, text="still here"))
            lines = daemon.wait_for_lines(count + 2)
            assert texts(lines)[-2:] == ["still here"] * 2, lines
        daemon.sent = 2 * count + 3
        values = daemon.closes_balanced()
        assert (values["Placed"], values["Refused"]) == (count + 2, count + 1), values
        return f"{count + 1} connections closed"


def handshakes_that_never_end_delay_nobody(binaries):
    """80 connections that never greet, half of them with a greeting that claims 128 KiB: the oldest make room at the
    bound, a device's handshake and trap go through meanwhile, and memory stays small."""
    claim = bytes.fromhex("16030140000100" + "01ff00" + "0303") + bytes(16_374)
    with temporary_directory() as path, StreamDaemon(binaries, path).start() as daemon:
        before, flood = daemon.resident(), []
        try:
            for number in range(80):
                flood.append(socket.create_connection(
                    ("127.0.0.1", daemon.ports["tlstcp"]), source_address=(f"127.0.0.{10 + number // 16}", 0)))
                if number % 2:
                    flood[-1].sendall(claim)
            daemon.wait_for_connections("tlstcp", accepted=80, open=64, failedHandshakes=16)
            began = time.monotonic()
            with daemon.secured() as device:
                device.sendall(trap(1, text="through"))
                daemon.arrives(1, "through")
            took, grown = time.monotonic() - began, daemon.resident() - before
            daemon.warnings("tlstcp", "127.0.0.10:")
            daemon.warnings("tlstcp", "made room")
        finally:
            for connection in flood:
                connection.close()
        daemon.wait_for_connections("tlstcp", open=0, failedHandshakes=80)
        daemon.closes_balanced()
        assert grown < 64 * 1024, f"{grown} KiB"
        return f"the device's trap {took * 1000:.0f} ms, {grown} KiB more resident"


def forged_greetings_and_noise_cost_a_dtls_listener_nothing(binaries):
    """20,000 ClientHellos without the cookie, and datagrams of noise: no connection, no arrival, no memory, and a device
    goes through."""
    noise = random.Random(7)
    hello = bytes.fromhex("16feff00000000000000000038" "0100002c00000000" "0000002c" "fefd") + bytes(32) + bytes.fromhex(
        "00" "00" "0002c02b" "0100" "0000")
    with temporary_directory() as path, StreamDaemon(binaries, path).start() as daemon:
        with dtls(daemon) as device:
            device.stdin.write(v2c(pdu(TRAP, 1, text="before")))
            device.stdin.flush()
            daemon.arrives(1, "before")
            before = daemon.resident()
            assert is_greeted(daemon, hello), "no HelloVerifyRequest"
            for number in range(40):
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
                    sender.bind((f"127.0.0.{20 + number}", 0))
                    for index in range(500):
                        octets = hello if index % 4 else noise.randbytes(noise.randrange(1, 1400))
                        sender.sendto(octets, ("127.0.0.1", daemon.ports["dtlsudp"]))
            # The flood is read once a greeting behind it is answered; the kernel may drop what comes with it.
            wait_until(lambda: is_greeted(daemon, hello), "the flood to be read")
            device.stdin.write(v2c(pdu(TRAP, 2, text="after")))
            device.stdin.flush()
            daemon.arrives(2, "after")
            grown = daemon.resident() - before
            assert daemon.connections("dtlsudp") | {"open": 1} == daemon.connections("dtlsudp"), daemon.connections("dtlsudp")
            assert daemon.connections("dtlsudp")["accepted"] == 1 and grown < 16 * 1024, grown
        # The daemon reads them once a second.
        wait_until(lambda: daemon.get("traplineKernelDrops") == kernel_drops(daemon.ports["dtlsudp"]), "the drops")
        daemon.sent = daemon.get("traplineArrived")
        values = daemon.closes_balanced()
        assert values["Refused"] == values["KernelDrops"] == values["Arrived"] - 2, values
        return f"{grown} KiB more resident after 20,000 datagrams, of which the kernel dropped {values['KernelDrops']}"


def is_greeted(daemon, hello):
    """Whether a ClientHello is answered by a HelloVerifyRequest in a while."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.settimeout(0.5)
        sender.sendto(hello, ("127.0.0.1", daemon.ports["dtlsudp"]))
        try:
            return sender.recv(2000)[13] == 3
        except TimeoutError:
            return False


def kernel_drops(port):
    """Of the sockets that listen there, as the kernel tells."""
    rows = [line.split() for family in ("udp", "udp6") for line in pathlib.Path("/proc/net", family).read_text().splitlines()[1:]]
    return sum(int(row[-1]) for row in rows if row[1].endswith(f":{port:04X}"))
