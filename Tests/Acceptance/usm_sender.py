"""SNMPv3 messages made by hand, octet for octet as a test wants them: any boots and time, any flags, any PDU in them.

Only what no real sender can be made to send is sent with it. Encrypts with openssl's AES-128."""

import hashlib
import hmac
import os
import socket
import subprocess

from daemon import PATIENCE
from traps import LINK_DOWN, element, integer, oid, varbind

DEVICE = bytes.fromhex("8000000001020304")
AUTH_SECRET, PRIV_SECRET = "authentication", "private enough"
REPORTABLE, AUTH, PRIV = 4, 1, 2
DIGESTS = {"MD5": ("md5", 12), "SHA-1": ("sha1", 12), "SHA-256": ("sha256", 24), "SHA-512": ("sha512", 48)}
TRAP, INFORM, GET, RESPONSE, REPORT = 0xA7, 0xA6, 0xA0, 0xA2, 0xA8
MASTER_KEYS = {}


def octets(value):
    return element(0x04, value)


def master_key(secret, name):
    """RFC 3414 §A.2: the hash of a passphrase."""
    if (secret, name) not in MASTER_KEYS:
        text = secret.encode() * (1048576 // len(secret.encode()) + 1)
        MASTER_KEYS[secret, name] = hashlib.new(name, text[:1048576]).digest()
    return MASTER_KEYS[secret, name]


def localized(secret, engine_id, name):
    """RFC 3414 §2.6: the key of a passphrase for one engine."""
    master = master_key(secret, name)
    return hashlib.new(name, master + engine_id + master).digest()


def aes(key, vector, data, direction):
    """AES-128 in CFB mode; `direction` is -e or -d."""
    return subprocess.run(
        ["openssl", "enc", direction, "-aes-128-cfb", "-K", key[:16].hex(), "-iv", vector.hex()],
        input=data, capture_output=True, check=True, timeout=PATIENCE).stdout


def pdu(tag, request, what=LINK_DOWN, more=(), text="", uptime=100):
    """A v2 PDU with its two first varbinds, any more, and a text."""
    own = [varbind("1.3.6.1.2.1.1.3.0", integer(uptime, 0x43)), varbind("1.3.6.1.6.3.1.1.4.1.0", oid(what)), *more]
    if text:
        own.append(varbind("1.3.6.1.2.1.1.5.0", octets(text.encode())))
    return element(tag, integer(request) + integer(0) + integer(0) + element(0x30, b"".join(own)))


def v2c(body, community="public"):
    """A v2c message around a PDU."""
    return element(0x30, integer(1) + octets(community.encode()) + body)


class User:
    """Makes the messages of one user; no protocols where no secrets are given."""

    def __init__(self, name="noc", auth=None, auth_secret=AUTH_SECRET, priv_secret=None):
        self.name, self.auth, self.auth_secret, self.priv_secret = name.encode(), auth, auth_secret, priv_secret

    @property
    def level(self):
        return (AUTH if self.auth else 0) | (PRIV if self.priv_secret else 0)

    def message(self, body, boots, time, engine=DEVICE, flags=None, context=None, number=1, spoil=False):
        """`spoil` changes an octet of the digest."""
        if flags is None:
            flags = self.level | (REPORTABLE if body[0] in (INFORM, GET) else 0)
        name, length = DIGESTS[self.auth] if flags & AUTH else (None, 0)
        scoped = element(0x30, octets(engine if context is None else context) + octets(b"") + body)
        salt = b""
        if flags & PRIV:
            salt = os.urandom(8)
            vector = boots.to_bytes(4, "big") + time.to_bytes(4, "big") + salt
            scoped = octets(aes(localized(self.priv_secret, engine, name), vector, scoped, "-e"))
        blank = self.around(scoped, boots, time, engine, flags, number, bytes(length), salt)
        if not length:
            return blank
        digest = hmac.new(localized(self.auth_secret, engine, name), blank, name).digest()[:length]
        if spoil:
            digest = bytes([digest[0] ^ 1]) + digest[1:]
        return self.around(scoped, boots, time, engine, flags, number, digest, salt)

    def around(self, scoped, boots, time, engine, flags, number, digest, salt):
        security = element(0x30, octets(engine) + integer(boots) + integer(time) + octets(self.name) + octets(digest)
                           + octets(salt))
        header = element(0x30, integer(number) + integer(65507) + octets(bytes([flags])) + integer(3))
        return element(0x30, integer(3) + header + octets(security) + scoped)


def discovery(number=1):
    """The message with which a sender of informs asks who is there (RFC 3414 §4)."""
    return User("").message(element(GET, integer(number) + integer(0) + integer(0) + element(0x30, b"")), 0, 0,
                            engine=b"", flags=REPORTABLE, number=number)


def parts(data):
    """The elements in some octets: [(tag, content)]."""
    found, at = [], 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            length, at = int.from_bytes(data[at:at + count], "big"), at + count
        found.append((tag, data[at:at + length]))
        at += length
    return found


class Answer:
    """What came back, taken apart; of an encrypted one only what is in the clear."""

    def __init__(self, datagram, address):
        self.datagram, self.address = datagram, address
        message = parts(parts(datagram)[0][1])
        self.version = message[0][1][0]
        if self.version == 3:
            self.flags = parts(message[1][1])[2][1][0]
            engine, boots, time = parts(parts(message[2][1])[0][1])[:3]
            self.engine, self.boots, self.time = engine[1], int.from_bytes(boots[1], "big"), int.from_bytes(time[1], "big")
            body = None if self.flags & PRIV else parts(message[3][1])[2]
        else:
            body = message[2]
        self.tag = body and body[0]
        self.fields = parts(body[1]) if body else None

    @property
    def request(self):
        return int.from_bytes(self.fields[0][1], "big")

    @property
    def first_name(self):
        """The first varbind's OID as in a message: which usmStats a report is about."""
        return parts(parts(self.fields[3][1])[0][1])[0][1]


class Asker:
    """A socket that sends and waits for answers."""

    def __init__(self, port, source="127.0.0.1", host="127.0.0.1"):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.socket.bind((source, 0))
        self.target = (host, port)

    def send(self, datagram):
        self.socket.sendto(datagram, self.target)

    def answer(self):
        """Waits for one."""
        self.socket.settimeout(PATIENCE)
        try:
            return Answer(*self.socket.recvfrom(65535))
        except TimeoutError:
            raise AssertionError("gave up waiting for an answer") from None

    def answers(self):
        """Those that are there already. What is not to be answered is known by what came of it in the ledger."""
        self.socket.setblocking(False)
        found = []
        while True:
            try:
                found.append(Answer(*self.socket.recvfrom(65535)))
            except BlockingIOError:
                return found

    def ask(self, datagram):
        self.send(datagram)
        return self.answer()

    def discover(self):
        answer = self.ask(discovery())
        assert answer.tag == REPORT and answer.engine, answer.datagram
        return answer

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
