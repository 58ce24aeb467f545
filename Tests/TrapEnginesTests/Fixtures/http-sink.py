"""A service that takes batches and behaves as the last word of its path says.

usage: http-sink.py

Prints "ready PORT", then one line of JSON for each POST: path, headers, body (base64), and for raw bodies the records,
decoded from Documentation/RawFormat.md alone.
"""
import base64
import http.server
import json
import os
import socketserver
import struct
import threading

gate = threading.Barrier(3)
lock = threading.Lock()


def text(octets, at):
    size, = struct.unpack_from(">I", octets, at)
    return octets[at + 4:at + 4 + size].decode(), at + 4 + size


def trap(header, body):
    sequence, received = struct.unpack_from(">Qq", header, 16)
    port, flags = struct.unpack_from(">HH", header, 48)
    listener, at = text(header, 52)
    count, = struct.unpack_from(">I", header, at)
    at, attributes = at + 4, []
    for _ in range(count):
        name, at = text(header, at)
        value, at = text(header, at)
        attributes.append([name, value])
    agent = header[32:48]
    if flags & 0x0100:
        at, agent = at + 16, header[at:at + 16]
    return {"sequence": sequence, "received": received, "source": header[32:48].hex(), "port": port,
            "agent": agent.hex(), "flags": flags, "listener": listener, "attributes": attributes, "datagram": body.hex(), "rest": len(header) - at}


def gap(header, _):
    count, first, last, since, until = struct.unpack_from(">QQQqq", header, 16)
    cause, at = text(header, 56)
    return {"count": count, "first": first, "last": last, "from": since, "until": until, "cause": cause,
            "rest": len(header) - at}


def records(octets):
    at, found = 0, []
    while at < len(octets):
        magic, version, kind, reserved, head, body = struct.unpack_from(">4sBBHII", octets, at)
        assert (magic, version, reserved) == (b"TRPL", 1, 0), octets[at:at + 16].hex()
        assert struct.unpack_from(">I", octets, at + head + body) == (head + body + 4,)
        found.append({1: trap, 2: gap}[kind](octets[at:at + head], octets[at + head:at + head + body]))
        at += head + body + 4
    return found


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        seen = {"path": self.path, "headers": [[name, value] for name, value in self.headers.items()],
                "body": base64.b64encode(body).decode()}
        if self.headers["Content-Type"] == "application/vnd.trapline.batch":
            try:
                seen["records"] = records(body)
            except Exception as error:
                seen = {"wrong": repr(error)}
        with lock:
            os.write(1, json.dumps(seen).encode() + b"\n")
        getattr(self, "on_" + self.path.rpartition("/")[2].split("?")[0].replace("-", "_"))(body)

    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def on_take(self, _):
        self.answer(204)

    def on_take_and_talk(self, _):
        self.answer(200, b"x" * 10_000_000)

    def on_seconds(self, _):
        self.answer(429, b"slower\r\n\x00please", [("Retry-After", "7")])

    def on_broken(self, _):
        self.answer(500, b"y" * 1000)

    def on_poison(self, body):
        """One trap in a hundred is more than this service can take."""
        self.answer(500 if b"poison" in body else 204)

    def on_together(self, _):
        """Nobody is answered before three are here."""
        gate.wait()
        self.answer(204)

    def on_never(self, _):
        threading.Event().wait()

    def on_hang_in_answer(self, _):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfo")
        threading.Event().wait()

    def on_close_in_answer(self, _):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfo")
        self.close_connection = True

    def on_close(self, _):
        self.close_connection = True

    def on_rubbish(self, _):
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        self.close_connection = True

    def log_message(self, *arguments):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        raise


server = Server(("127.0.0.1", 0), Handler)
print("ready", server.server_port, flush=True)
server.serve_forever()
