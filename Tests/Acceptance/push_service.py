"""An HTTP service that takes pushed batches of NDJSON, and can misbehave on command. Runs inside the test."""

import contextlib
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class PushService:
    """mode: ok, silent (reads and never answers), hang (reads half of a body), close (ends without an answer), or a
    status to answer with. `poison`, a text: a batch that has it in a line is answered 500."""

    def __init__(self, port=0):
        service = self
        self.mode, self.poison, self.retry_after, self.delay = "ok", None, None, 0.0
        self.lock = threading.Lock()
        self.taken, self.answers, self.requests, self.connections = [], {}, [], set()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self):
                super().setup()
                with service.lock:
                    service.connections.add(self.connection)

            def finish(self):
                with service.lock:
                    service.connections.discard(self.connection)
                super().finish()

            def do_POST(self):
                service.handle(self)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64
            allow_reuse_address = True

            def handle_error(self, *_):
                pass  # a client that goes away in the middle is what some scenarios are about

        self.server = Server(("127.0.0.1", port), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/traps"
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def handle(self, request):
        mode = self.mode
        length = int(request.headers["Content-Length"])
        if mode == "hang":
            request.rfile.read(length // 2)
            self.stopping.wait(60)
            return
        body = request.rfile.read(length)
        if self.delay:
            time.sleep(self.delay)
        if mode == "silent":
            self.stopping.wait(60)
            return
        if mode == "close":
            request.close_connection = True
            return
        status = 204 if mode == "ok" else mode
        if status == 204 and self.poison and self.poison.encode() in body:
            status = 500
        with self.lock:
            self.requests.append((status, dict(request.headers)))
            self.answers[status] = self.answers.get(status, 0) + 1
            if status == 204:
                lines = [json.loads(line) for line in body.split(b"\n") if line]
                assert len([line for line in lines if "missed" not in line]) == int(request.headers["Trapline-Count"])
                self.taken += lines
        request.send_response(status)
        if status in (429, 503) and self.retry_after is not None:
            request.send_header("Retry-After", str(self.retry_after))
        request.send_header("Content-Length", "0")
        request.end_headers()

    def traps(self):
        with self.lock:
            return [line for line in self.taken if "missed" not in line]

    def gaps(self):
        with self.lock:
            return [line["missed"] for line in self.taken if "missed" in line]

    def stop(self):
        self.stopping.set()
        self.server.shutdown()
        self.server.server_close()
        with self.lock:  # those that are kept alive end as with a process that ends
            for connection in self.connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
