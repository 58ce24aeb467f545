#!/usr/bin/env python3
"""A metadata service for tests: answers by a rule, counts what it is asked, and misbehaves when told to.

  metadata_service.py --map 'odd=engine1 even=engine2 10.0.0.0/8=alarms,archive default=archive' [--ttl 5m]

Prints its port, one line, then serves 127.0.0.1 until it is ended:
  POST /metadata   a request of Documentation/Metadata.md
  POST /mode       {"mode": "ok|silent|slow:SECONDS|together:N|partial|twice|unknown|rubbish|close|503[:SECONDS]|500"}
                   `together` answers when N requests are there at once
  GET  /counts     {"requests", "keys", "sources", "again", "invalid", "most", "mode"}: distinct sources; requests with an
                   attempt above 1; requests that the schema refuses, with --schemas; requests at work at once, at most
  GET  /last       {"headers", "body"} of the last request
The first word of the map that fits a source decides: `odd` and `even` of the address as a number, a CIDR block,
`default`. A source that nothing fits is refused.
"""

import argparse
import http.server
import ipaddress
import json
import os
import pathlib
import threading
import time

RUBBISH = 10_000_000  # octets


class Rule:
    """One word of the map: what it fits, and the engines it leads to; none after `=` is a route to nowhere."""

    def __init__(self, text):
        self.condition, engines = text.split("=", 1)
        self.engines = [engine for engine in engines.split(",") if engine]
        if self.condition not in ("odd", "even", "default"):
            self.network = ipaddress.ip_network(self.condition)

    def fits(self, source):
        if self.condition == "default":
            return True
        if self.condition in ("odd", "even"):
            return int(source) % 2 == (self.condition == "odd")
        return source in self.network


class Service:
    """What the service knows and counts; the handlers share it."""

    def __init__(self, options):
        self.rules = [Rule(word) for word in options.map.split()]
        self.attributes = dict(word.split("=", 1) for word in options.attribute)
        self.ttl = options.ttl
        self.brief = ipaddress.ip_network(options.brief) if options.brief else None
        self.validator = schema_validator(options.schemas) if options.schemas else None
        self.changed = threading.Condition()
        self.mode = options.mode
        self.counts = {"requests": 0, "keys": 0, "again": 0, "invalid": 0, "most": 0}
        self.at_work = 0
        self.sources = set()
        self.last = None
        self.former_answer = None
        self.together = 0

    def note(self, headers, body):
        request = json.loads(body)
        with self.changed:
            self.at_work += 1
            self.counts["most"] = max(self.counts["most"], self.at_work)
            self.counts["requests"] += 1
            self.counts["keys"] += len(request["keys"])
            self.counts["again"] += request["attempt"] > 1
            self.counts["invalid"] += bool(self.validator and not self.validator(request))
            self.sources.update(key["source"] for key in request["keys"])
            self.last = {"headers": headers, "body": request}
        return request

    def done(self):
        """Before the answer leaves: after it another request may come at once."""
        with self.changed:
            self.at_work -= 1

    def report(self):
        with self.changed:
            return self.counts | {"sources": len(self.sources), "mode": self.mode}

    def set_mode(self, mode):
        with self.changed:
            self.mode = mode
            self.former_answer = None
            self.together = 0
            self.changed.notify_all()

    def wait_for_other_mode(self, mode):
        with self.changed:
            self.changed.wait_for(lambda: self.mode != mode)

    def wait_for_company(self, count):
        with self.changed:
            self.together += 1
            self.changed.notify_all()
            self.changed.wait_for(lambda: self.together >= count)

    def answer(self, request, keys=None):
        """The right answer to a request, or to some of its keys."""
        answers = [self.answer_to(key) for key in (request["keys"] if keys is None else keys)]
        return {"request": request["request"], "ttl": self.ttl, "answers": answers}

    def answer_to(self, key):
        source = ipaddress.ip_address(key["source"])
        named = {name: key[name] for name in ("listener", "source", "engineID", "user", "userHex") if name in key}
        rule = next((rule for rule in self.rules if rule.fits(source)), None)
        if rule is None:
            return named | {"refused": True}
        more = {"attributes": self.attributes} if self.attributes else {}
        if self.brief and source in self.brief:
            more["ttl"] = "1s"
        return named | {"routes": [{"engines": rule.engines}]} | more

    def repeated(self, answer):
        """Every second time the answer to the request before, which has been answered already."""
        with self.changed:
            former, self.former_answer = self.former_answer, None if self.former_answer else answer
            return former or answer


def schema_validator(directory):
    import jsonschema

    schema = json.loads((pathlib.Path(directory) / "metadata-request.schema.json").read_text())
    formats = jsonschema.FormatChecker(["ipv4", "ipv6"])
    return jsonschema.Draft202012Validator(schema, format_checker=formats).is_valid


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        found = {"/counts": self.server.service.report, "/last": lambda: self.server.service.last}.get(self.path)
        self.reply(200, found()) if found else self.reply(404, {"error": "no such page"})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/mode":
            self.server.service.set_mode(json.loads(body)["mode"])
            return self.reply(200, {})
        request = self.server.service.note(dict(self.headers), body)
        mode, _, argument = self.server.service.mode.partition(":")
        self.misbehave(mode, argument, request)

    def misbehave(self, mode, argument, request):
        service = self.server.service
        answer = service.answer(request)
        if mode == "ok":
            self.reply(200, answer)
        elif mode == "slow":
            time.sleep(float(argument))
            self.reply(200, answer)
        elif mode == "together":
            service.wait_for_company(int(argument))
            self.reply(200, answer)
        elif mode == "silent":
            service.wait_for_other_mode("silent")
            service.done()
            self.close_connection = True
        elif mode == "partial":
            self.reply(200, service.answer(request, request["keys"][: (len(request["keys"]) + 1) // 2]))
        elif mode == "twice":
            self.reply(200, service.repeated(answer))
        elif mode == "unknown":
            strangers = [{"source": "203.0.113.250", "routes": [{"engines": ["nobody"]}]},
                         {"source": request["keys"][0]["source"], "listener": "no such listener", "refused": True}]
            self.reply(200, answer | {"answers": strangers + answer["answers"]})
        elif mode == "rubbish":
            self.reply_octets(200, os.urandom(1000) * (RUBBISH // 1000))
        elif mode == "close":
            self.reply_octets(200, json.dumps(answer).encode(), missing=10)
        elif mode == "503":
            self.reply(503, {"error": "overloaded"}, {"Retry-After": argument or "1"})
        else:
            self.reply(int(mode), {"error": "told to"})

    def reply(self, status, value, headers={}):
        self.reply_octets(status, json.dumps(value).encode(), headers)

    def reply_octets(self, status, octets, headers={}, missing=0):
        if self.command == "POST" and self.path != "/mode":
            self.server.service.done()
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json", "Content-Length": str(len(octets))} | headers).items():
            self.send_header(name, value)
        try:
            self.end_headers()
            self.wfile.write(octets[: len(octets) - missing])
        except ConnectionError:
            self.close_connection = True
        if missing:
            self.close_connection = True

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--map", default="default=archive")
    parser.add_argument("--ttl", default="5m")
    parser.add_argument("--brief", help="CIDR block of sources whose answers hold for a second, whatever --ttl says")
    parser.add_argument("--attribute", action="append", default=[], help="NAME=VALUE for every source")
    parser.add_argument("--mode", default="ok")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--schemas", help="directory of metadata-request.schema.json: count requests that break it")
    options = parser.parse_args()
    server = Server(("127.0.0.1", options.port), Handler)
    server.service = Service(options)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
