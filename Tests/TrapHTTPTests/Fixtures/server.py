"""An HTTP server that behaves as its paths say, badly for the most part.

usage: server.py tcp | tls CERTIFICATE KEY | mutual CERTIFICATE KEY | unix PATH

Prints "ready PORT", then a line for each request that it will never answer.
"""
import http.server
import itertools
import json
import os
import socket
import socketserver
import ssl
import sys
import threading

connections = itertools.count(1)
barriers, barriers_lock = {}, threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = sys.argv[1] != "unix"

    def setup(self):
        super().setup()
        self.number = next(connections)

    def handle_any(self):
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        word, _, rest = self.path.lstrip("/").partition("/")
        getattr(self, "on_" + word.replace("-", "_"))(rest)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any

    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def on_describe(self, _):
        fields = [[name, value] for name, value in self.headers.items()]
        self.answer(200, json.dumps({"method": self.command, "headers": fields, "octets": len(self.body)}).encode())

    def on_echo(self, _):
        self.answer(200, self.body)

    def on_connection(self, _):
        self.answer(200, str(self.number).encode())

    def on_status(self, rest):
        self.answer(int(rest), b"as you wish", [("X-Odd-Case", "  Kept As It Is  "), ("Twice", "1"), ("twice", "2")])

    def on_interim(self, _):
        self.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: early\r\n\r\n")
        self.answer(200, b"final")

    def on_redirect(self, _):
        self.answer(302, b"", [("Location", "/echo")])

    def on_close(self, _):
        self.close_connection = True

    def on_answer_then_close(self, _):
        """The client believes the connection to be good for another request."""
        self.answer(200, str(self.number).encode())
        self.close_connection = True

    def on_close_in_body(self, _):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten octets")
        self.close_connection = True

    def on_close_in_header(self, _):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Le")
        self.close_connection = True

    def on_not_http(self, _):
        self.wfile.write(b"\x00\x01\x02 rubbish\r\n" * 10)
        self.close_connection = True

    def on_large(self, rest):
        self.answer(200, os.urandom(int(rest)))

    def on_endless_headers(self, _):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(10_000):
            self.wfile.write(b"X-More: " + b"x" * 100 + b"\r\n")

    def on_never(self, _):
        os.write(1, b"never\n")
        threading.Event().wait()

    def on_barrier(self, rest):
        with barriers_lock:
            barrier = barriers.setdefault(rest, threading.Barrier(int(rest)))
        barrier.wait()
        self.answer(204)

    def log_message(self, *arguments):
        pass

    def address_string(self):
        return "peer"


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass


class UnixServer(Server):
    address_family = socket.AF_UNIX

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", 0


mode, arguments = sys.argv[1], sys.argv[2:]
server = UnixServer(arguments[0], Handler) if mode == "unix" else Server(("127.0.0.1", 0), Handler)
if mode in ("tls", "mutual"):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*arguments)
    if mode == "mutual":
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(arguments[0])
    server.socket = context.wrap_socket(server.socket, server_side=True)
print("ready", server.server_port, flush=True)
server.serve_forever()
