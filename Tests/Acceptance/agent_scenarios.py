"""Who may send, and whose trap it is. Each scenario is a function whose docstring is the demand."""

import ipaddress
import json
import os

from daemon import free_port, temporary_directory
from traps import element, integer, oid
from usm_sender import INFORM, TRAP, discovery, pdu, v2c, varbind
from v3_daemon import NOC, V3Daemon, noc, texts

TRAP_ADDRESS = "1.3.6.1.6.3.18.1.3.0"


def trap_address(address):
    return varbind(TRAP_ADDRESS, element(0x40, ipaddress.IPv4Address(address).packed))


def v1(agent, text, community="public"):
    body = (oid("1.3.6.1.4.1.9.9") + element(0x40, ipaddress.IPv4Address(agent).packed) + integer(6) + integer(42)
            + integer(100, 0x43) + element(0x30, varbind("1.3.6.1.2.1.1.5.0", element(0x04, text.encode()))))
    return element(0x30, integer(0) + element(0x04, community.encode()) + element(0xA4, body))


def send(daemon, source, *datagrams, port=None):
    for datagram in datagrams:
        daemon.sender.send(datagram, source, port)
        daemon.sent += 1
    daemon.settled()


def agents(lines):
    return {texts([line])[0]: (line["source"], line["agent"]) for line in lines}


AGENTS = """<relay source="127.0.0.31 127.0.9.0/24"/>
<nat source="127.0.0.32" agent="10.1.2.3"/>"""
RELAY, NAT, PLAIN = "127.0.0.31", "127.0.0.32", "127.0.0.33"


def an_agent_is_who_the_rules_of_trust_say(binaries):
    """v1's agent-addr; snmpTrapAddress.0 from listed relays alone; the NAT table; else the source: v1, v2c and v3. The
    source stays what it was."""
    with temporary_directory() as path, V3Daemon(binaries, path, agents=AGENTS).start() as daemon:
        claim = [trap_address("192.0.2.7")]
        wanted = {}
        def check(text, source, agent, datagram):
            send(daemon, source, datagram)
            wanted[text] = (source, agent)
        check("v1", PLAIN, "192.0.2.9", v1("192.0.2.9", "v1"))
        check("v1, none", PLAIN, PLAIN, v1("0.0.0.0", "v1, none"))
        check("v1 by NAT", NAT, "10.1.2.3", v1("0.0.0.0", "v1 by NAT"))
        check("v1 with address by NAT", NAT, "10.1.2.3", v1("192.0.2.9", "v1 with address by NAT"))
        check("claimed", PLAIN, PLAIN, v2c(pdu(TRAP, 1, more=claim, text="claimed")))
        check("relayed", RELAY, "192.0.2.7", v2c(pdu(TRAP, 2, more=claim, text="relayed")))
        check("relayed by a block", "127.0.9.77", "192.0.2.7", v2c(pdu(TRAP, 3, more=claim, text="relayed by a block")))
        check("relay's own", RELAY, RELAY, v2c(pdu(TRAP, 4, text="relay's own")))
        check("NAT", NAT, "10.1.2.3", v2c(pdu(TRAP, 5, text="NAT")))
        check("NAT, claimed", NAT, "10.1.2.3", v2c(pdu(TRAP, 6, more=claim, text="NAT, claimed")))
        check("v3 claimed", PLAIN, PLAIN, noc.message(pdu(TRAP, 7, more=claim, text="v3 claimed"), 1, 1))
        check("v3 relayed", RELAY, "192.0.2.7", noc.message(pdu(TRAP, 8, more=claim, text="v3 relayed"), 1, 2))
        check("v3 NAT", NAT, "10.1.2.3", noc.message(pdu(TRAP, 9, text="v3 NAT"), 1, 3))
        found = agents(daemon.wait_for_lines(len(wanted)))
        assert found == wanted, {text: (found.get(text), pair) for text, pair in wanted.items() if found.get(text) != pair}
        daemon.closes_balanced()
        return f"{len(wanted)} traps"


def traps_can_be_routed_by_agent(binaries):
    """`key="agent"`: the same traps by a listener of either kind; rules' `source=` is then the agent's, and explain tells
    of a relay and of a translated source."""
    port = free_port()
    by_agent = f'<listener name="agents" address="udp:[::]:{port}" metadata="routes" accept="all" key="agent"/>'
    rules = """<rules name="routes">
      <route source="192.0.2.0/24" engines="device"/>
      <route source="10.1.2.0/24" engines="inside"/>
      <default engines="rest"/></rules>"""
    with temporary_directory() as path:
        names = ("device", "inside", "rest")
        files = "".join(f'<file name="{name}" path="{path}/{name}.json"><batch size="9" max-wait="10ms"/></file>'
                        for name in names)
        with V3Daemon(binaries, path, engines=files, agents=AGENTS, listeners=by_agent, rules=rules).start() as daemon:
            claim = [trap_address("192.0.2.7")]
            for number, to in enumerate((None, port)):
                who = "agent" if to else "source"
                send(daemon, RELAY, v2c(pdu(TRAP, 1, more=claim, text=f"relayed {who}")), port=to)
                send(daemon, RELAY, noc.message(pdu(TRAP, 1, more=claim, text=f"sealed {who}"), 1, 1 + number), port=to)
                send(daemon, NAT, v2c(pdu(TRAP, 2, text=f"NAT {who}")), port=to)
                send(daemon, NAT, noc.message(pdu(TRAP, 2, text=f"sealed NAT {who}"), 1, 1 + number,
                                              engine=b"\x80\0\0\0\1\2"), port=to)
                send(daemon, PLAIN, v1("192.0.2.9", f"v1 {who}"), port=to)
                send(daemon, PLAIN, v2c(pdu(TRAP, 3, more=claim, text=f"claimed {who}")), port=to)
            found = {name: texts(daemon.lines(daemon.directory / f"{name}.json"))
                     if (daemon.directory / f"{name}.json").exists() else [] for name in names}
            # Whom an encrypted message is relayed for is known once it is open, and its route is asked of before that.
            assert found["device"] == ["relayed agent", "v1 agent"], found
            assert found["inside"] == ["NAT agent", "sealed NAT agent"], found
            assert set(found["rest"]) == {f"{text} source" for text in (
                "relayed", "sealed", "NAT", "sealed NAT", "v1", "claimed")} | {"claimed agent", "sealed agent"}, found
            for source, words in ((RELAY, "the source is a relay: snmpTrapAddress.0 says which device a trap is of"),
                                  (NAT, "traps of this source are of 10.1.2.3")):
                told = daemon.tool("explain", source)
                assert words in " ".join(told.split()), told
            explained = json.loads(daemon.tool("explain", "192.0.2.7", "--listener", "agents", "--json"))
            assert any(entry["engines"] == ["device"] for entry in explained["entries"]), explained
            daemon.closes_balanced()


def who_may_not_send_is_refused_before_anything_is_decoded(binaries):
    """Allowed and denied blocks: garbage, discoveries, informs and traps alike are source-denied and unanswered; from
    elsewhere garbage is malformed. A block denied in an allowed one is denied."""
    rules = '<allow source="127.0.0.0/24 ::1/128"/><deny source="127.0.0.64/26"/>'
    port = free_port()
    guarded = f'<listener name="guarded" address="udp:[::]:{port}" metadata="routes" accept="all">{rules}</listener>'
    with temporary_directory() as path, V3Daemon(binaries, path, listeners=guarded).start() as daemon:
        datagrams = [b"garbage", b"\x30\x82", os.urandom(200), discovery(), v2c(pdu(TRAP, 1, text="t")),
                     v2c(pdu(INFORM, 2, text="i")), noc.message(pdu(TRAP, 3, text="s"), 1, 1)]
        for source in ("127.0.0.64", "127.0.0.127", "127.0.1.1", "127.9.9.9"):
            send(daemon, source, *datagrams, port=port)
        assert daemon.refused() == {"source-denied": 28}, daemon.refused()
        for source in ("127.0.0.63", "127.0.0.128"):
            send(daemon, source, b"garbage", v2c(pdu(TRAP, 1, text=source)), port=port)
        assert daemon.refused() == {"source-denied": 28, "malformed": 2}, daemon.refused()
        assert texts(daemon.wait_for_lines(2)) == ["127.0.0.63", "127.0.0.128"]
        for made in daemon.sender.sockets.values():
            made.setblocking(False)
            try:
                raise AssertionError(f"answered {made.recv(65535).hex()}")
            except BlockingIOError:
                pass
        daemon.closes_balanced()


def communities_are_compared_and_never_told(binaries):
    """A listener that lists two takes exactly these, of v1 and v2c, traps and informs; SNMPv3 it judges by its user."""
    os.environ.update(RO="reading only", RW="a" * 255)
    port = free_port()
    listed = (f'<listener name="listed" address="udp:[::]:{port}" metadata="routes">'
              '<community secret="env:RO"/><community secret="env:RW"/></listener>')
    with temporary_directory() as path, V3Daemon(binaries, path, listeners=listed).start() as daemon:
        right, wrong = ["reading only", "a" * 255], ["", "reading onl", "reading only ", "Reading only", "a" * 254, "public"]
        for community in right + wrong:
            send(daemon, "127.0.0.41", v2c(pdu(TRAP, 1, text="2c"), community), v1("0.0.0.0", "1", community),
                 v2c(pdu(INFORM, 1, text="inform"), community), port=port)
        send(daemon, "127.0.0.41", noc.message(pdu(TRAP, 1, text="3"), 1, 1), port=port)
        assert daemon.refused() == {"community": 3 * len(wrong)}, daemon.refused()
        lines = texts(daemon.wait_for_lines(7))
        assert sorted(lines) == ["1", "1", "2c", "2c", "3", "inform", "inform"], lines
        text = daemon.log() + daemon.status() + daemon.settings() + daemon.output_path.read_text()
        assert "reading onl" not in text and "aaaaaaaa" not in text
        daemon.closes_balanced()
