#!/usr/bin/env python3
"""Holds a running API against its OpenAPI document.

    openapi_check.py BASE-URL openapi.yaml [--unix-socket PATH] [--trap HOST:PORT] [--configured ENGINE]
                     [--admin-token T --limited-token T --limited-engine NAME] [--poll-token T] [--engine-id HEX]

Exercises every path and method, and every documented status that can be provoked from outside; fails on an answer that
the document does not describe (status, content type, body, headers), on a documented route that the server does not
have, and on a method that it has beyond the document. `--trap` sends a trap after registering, so that a batch comes.
"""
import argparse
import base64
import copy
import http.client
import json
import re
import socket
import sys
import urllib.parse

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"]
MEBI = 1 << 20
LINK_DOWN = bytes.fromhex(
    "304202010104067075626c6963a735020101020100020100302a300f06082b060102010103004303"
    "0100013017060a2b06010603010104010006092b0601060301010503")


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=600)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(600)
        self.sock.connect(self.path)


class Document:
    def __init__(self, path):
        self.root = yaml.safe_load(open(path, encoding="utf-8"))
        if not str(self.root["openapi"]).startswith("3.1"):
            raise SystemExit("the document is not OpenAPI 3.1")
        strict = copy.deepcopy(self.root)
        close(strict)
        for name, schema in self.root["components"]["schemas"].items():
            Draft202012Validator.check_schema(schema)
        self.registry = Registry().with_resource("urn:api", Resource(contents=strict, specification=DRAFT202012))

    def find(self, pointer):
        """The node at a pointer, and the pointer of what it refers to."""
        node = self.root
        for key in pointer:
            node = node[key]
        if "$ref" in node and node["$ref"].startswith("#/components/responses/"):
            return self.find(["components", "responses", node["$ref"].rsplit("/", 1)[1]])
        return node, pointer

    def complaints(self, pointer, value):
        text = "/".join(key.replace("~", "~0").replace("/", "~1") for key in pointer)
        schema = {"$ref": "urn:api#/" + urllib.parse.quote(text)}
        validator = Draft202012Validator(schema, registry=self.registry, format_checker=FormatChecker())
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]

    def operations(self):
        for path, item in self.root["paths"].items():
            for method in METHODS:
                if method.lower() in item:
                    yield path, method


def close(node):
    """Members that a schema does not name are complained of: the document would lag behind the server otherwise."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict) and node.get("type") == "object":
            node.setdefault("additionalProperties", False)
        for value in node.values():
            close(value)
    elif isinstance(node, list):
        for value in node:
            close(value)


class Check:
    def __init__(self, options):
        self.options = options
        self.document = Document(options.document)
        self.base = urllib.parse.urlsplit(options.base)
        self.seen = set()
        self.failures = []
        self.asked = 0

    def ask(self, method, target, body=None, headers=None, token="admin"):
        connection = (
            UnixConnection(self.options.unix_socket) if self.options.unix_socket
            else http.client.HTTPConnection(self.base.hostname, self.base.port, timeout=600))
        fields = dict(headers or {})
        secret = {"admin": self.options.admin_token, "limited": self.options.limited_token}.get(token, token)
        if secret:
            fields["Authorization"] = "Bearer " + secret
        try:
            connection.request(method, target, body=body, headers=fields)
            answer = connection.getresponse()
            octets = answer.read()
        finally:
            connection.close()
        self.asked += 1
        return answer.status, answer.getheaders(), octets

    def fail(self, what):
        self.failures.append(what)
        print("FAIL", what)

    def expect(self, status, method, path, query="", body=None, headers=None, token="admin", **names):
        """One request to a documented operation; its answer must be `status` and as documented."""
        target = path
        for name, value in names.items():
            target = target.replace("{" + name + "}", value)
        label = f"{method} {target}{query}"
        given, fields, octets = self.ask(method, target + query, body, headers, token)
        if given != status:
            self.fail(f"{label}: {given} in place of {status}: {octets[:300]!r}")
        self.judge(label, path, method, given, fields, octets)
        return given, fields, octets

    def judge(self, label, path, method, status, fields, octets):
        responses = ["paths", path, method.lower(), "responses"]
        if str(status) not in self.document.find(responses)[0]:
            self.fail(f"{label}: {status} is not documented: {octets[:300]!r}")
            return
        self.seen.add((path, method, status))
        response, pointer = self.document.find(responses + [str(status)])
        self.judge_headers(label, response, pointer, fields)
        content = response.get("content", {})
        if method == "HEAD":
            if octets:
                self.fail(f"{label}: {status} has a body: {octets[:100]!r}")
            return
        kind = next((value for name, value in fields if name.lower() == "content-type"), "").split(";")[0]
        if not content:
            if octets:
                self.fail(f"{label}: {status} has a body: {octets[:100]!r}")
            return
        if kind not in content:
            self.fail(f"{label}: {status} is {kind or 'of no type'}, documented are {', '.join(content)}")
            return
        value = json.loads(octets) if kind.endswith("json") and kind != "application/x-ndjson" else octets.decode("latin-1")
        for complaint in self.document.complaints(pointer + ["content", kind, "schema"], value):
            self.fail(f"{label}: {status}: {complaint}")
        if kind == "application/x-ndjson":
            for line in octets.splitlines():
                json.loads(line)

    def judge_headers(self, label, response, pointer, fields):
        for name, header in response.get("headers", {}).items():
            values = [value for field, value in fields if field.lower() == name.lower()]
            if header.get("required") and not values:
                self.fail(f"{label}: the header {name} is missing")
            for value in values:
                whole = header["schema"].get("type") == "integer"
                typed = int(value) if whole and re.fullmatch("[0-9]+", value) else value
                for complaint in self.document.complaints(pointer + ["headers", name, "schema"], typed):
                    self.fail(f"{label}: header {name}: {complaint}")
        for name, _ in fields:
            if name.lower().startswith("trapline-") and name not in response.get("headers", {}):
                self.fail(f"{label}: the header {name} is not documented")

    def routes(self):
        """Every path has exactly the documented methods."""
        names = {"name": "nobody-of-that-name", "id": "1-1", "engineID": "8000000001"}
        for path, item in self.document.root["paths"].items():
            target = path
            for name, value in names.items():
                target = target.replace("{" + name + "}", value)
            documented = [method for method in METHODS if method.lower() in item]
            for method in METHODS:
                if method in documented:
                    continue
                status, fields, octets = self.ask(method, target, token=self.any_token())
                if path == "/v1/poll" and status == 401 and not self.any_token():
                    continue
                allow = next((value for name, value in fields if name.lower() == "allow"), "")
                if status != 405 or sorted(allow.split(", ")) != sorted(documented):
                    self.fail(f"{method} {path}: {status}, Allow {allow or 'missing'}; documented are {documented}")
                if method == "HEAD":
                    continue
                for complaint in self.document.complaints(["components", "schemas", "Problem"], json.loads(octets)):
                    self.fail(f"{method} {path}: 405: {complaint}")
            for method in documented:
                # Not the engine is missing but the path where even a mistaken parameter is not looked at.
                status, _, octets = self.ask(method, target + "?no-such-parameter=1", token=self.any_token())
                if path == "/v1/poll" and status == 401 and not self.any_token():
                    continue
                if status != 400:
                    self.fail(f"{method} {path}: the server does not have it: {status} {octets[:200]!r}")
        for stranger in ["/", "/v1", "/v2/engines", "/v1/engines/", "/v1/engines/x/y", "/v1/metadata/x", "/healthz/", "/metrics/", "/v1/metrics"]:
            status, _, octets = self.ask("GET", stranger)
            if status != 404:
                self.fail(f"GET {stranger}: {status} in place of 404: {octets[:200]!r}")

    def everywhere(self):
        """Statuses that every operation shares."""
        names = {"name": self.options.limited_engine, "id": "1-1", "engineID": "8000000001"}
        for path, method in self.document.operations():
            if path == "/v1/poll":
                # A token is wanted before anything is looked at; any will do.
                self.expect(401, method, path, token=None, **names)
                self.expect(401, method, path, token="wrong", **names)
                self.expect(403, method, path, headers={"Origin": "http://evil.example"}, **names)
                if self.any_token():
                    self.expect(400, method, path, query="?no-such-parameter=1", token=self.any_token())
                continue
            self.expect(400, method, path, query="?no-such-parameter=1", **names)
            self.expect(403, method, path, headers={"Origin": "http://evil.example"}, **names)
            if not self.options.admin_token:
                self.expect(403, method, path, headers={"Host": "evil.example"}, **names)
            elif "security" not in self.document.root["paths"][path][method.lower()]:
                self.expect(401, method, path, token=None, **names)
                self.expect(401, method, path, token="wrong", **names)
                self.expect(403, method, path, token="limited", **{**names, "name": "not-" + names["name"]}) \
                    if path != "/v1/engines" else self.expect(200, method, path, token="limited")
            if "{name}" in path:
                self.expect(400, method, path, **{**names, "name": "a%20b"})
                self.expect(400, method, path, **{**names, "name": "x" * 64})
                for name in [".hidden", "-option", "_x"]:
                    self.expect(400, method, path, **{**names, "name": name})

    def engines(self):
        one, batch = "/v1/engines/{name}", "/v1/engines/{name}/batch"
        ack, replay = batch + "/{id}/ack", "/v1/engines/{name}/replay"
        name, nobody = self.options.limited_engine, "nobody-of-that-name"
        self.expect(404, "GET", one, name=nobody)
        self.expect(404, "DELETE", one, name=nobody)
        self.expect(404, "GET", batch, name=nobody)
        self.expect(404, "POST", ack, name=nobody, id="1-1")
        self.expect(404, "POST", replay, name=nobody, body=letter())
        registration = {"start": "now", "format": "json", "subscribe": [{}], "lease": "60s", "ackTimeout": "30s"}
        self.expect(201, "PUT", one, name=name, body=json.dumps(registration))
        self.expect(200, "PUT", one, name=name, body=json.dumps(registration))
        for bad in ['{"subscibe":[]}', '{"batch":{"size":"x"}}', "[]", "{", '{"subscribe":[{"sorce":[]}]}']:
            self.expect(400, "PUT", one, name=name, body=bad)
        self.expect(413, "PUT", one, name=name, body=b" " * (MEBI + 1))
        self.expect(200, "GET", one, name=name)
        self.expect(200, "GET", "/v1/engines")
        self.send_trap()
        status, fields, _ = self.ask("GET", batch.replace("{name}", name) + "?wait=5s")
        if status == 200:
            fields = {key.lower(): value for key, value in fields}
            given = fields.get("trapline-batch", "")
            self.expect(204, "POST", ack, query="?outcome=retry", name=name, id=given)
            self.expect(404, "POST", ack, query="?outcome=done", name=name, id=given)
        self.drain(batch, ack, name)
        for bad in ["?wait=61s", "?wait=-1s", "?wait=5", "?wait=1s&wait=1s", "?wiat=5s"]:
            self.expect(400, "GET", batch, query=bad, name=name)
        self.expect(404, "POST", ack, name=name, id="999999-1")
        self.expect(400, "POST", ack, query="?outcome=perhaps", name=name, id="1-1")
        self.expect(200, "POST", replay, name=name, body=letter())
        for bad in [b"{\n", letter() + b"nonsense\n", letter().replace(b'"raw"', b'"row"'), letter(b"*")]:
            self.expect(400, "POST", replay, name=name, body=bad)
        self.expect(413, "POST", replay, name=name, body=b" " * (16 * MEBI + 1))
        self.expect(204, "DELETE", one, name=name)
        if self.options.configured:
            for method in ["PUT", "DELETE"]:
                self.expect(409, method, one, name=self.options.configured)
            self.expect(409, "GET", batch, name=self.options.configured)

    def any_token(self):
        return self.options.poll_token or self.options.admin_token

    def polls(self):
        """Nobody answers at port 1 of this machine, which is an answer too."""
        self.expect(200, "GET", "/v1/v3/engines")
        one = "/v1/v3/engines/{engineID}"
        self.expect(404, "DELETE", one, engineID="80000000ff")
        for bad in ["80", "xyz", "8000000001f"]:
            self.expect(400, "DELETE", one, engineID=bad)
        if self.options.engine_id:
            self.expect(204, "DELETE", one, engineID=self.options.engine_id)
        token = self.any_token()
        if not token:
            return
        request = {"agent": "127.0.0.1:1", "oids": ["1.3.6.1.2.1.1.3.0"], "timeout": "50ms", "retries": 0}
        self.expect(200, "POST", "/v1/poll", body=json.dumps({"requests": [request]}), token=token)
        for bad in [{}, {"agent": "no-address"}, {"agent": "127.0.0.1:0"}, {"oids": []}, {"oids": ["sysUpTime"]},
                    {"operation": "set"}, {"retries": 11}, {"timeout": "61s"}, {"limit": 5}, {"requests": 1}]:
            body = {"requests": [{**request, **bad}] if bad else []}
            self.expect(400, "POST", "/v1/poll", body=json.dumps(body), token=token)
        self.expect(413, "POST", "/v1/poll", body=b" " * (4 * MEBI + 1), token=token)

    def drain(self, batch, ack, name):
        """Takes and acknowledges what comes, until nothing does."""
        for _ in range(20):
            status, fields, octets = self.ask("GET", batch.replace("{name}", name) + "?wait=3s")
            self.judge("GET " + batch, batch, "GET", status, fields, octets)
            if status != 200:
                return
            given = dict((key.lower(), value) for key, value in fields)["trapline-batch"]
            self.expect(204, "POST", ack, name=name, id=given)
        self.fail("batches go on coming")

    def send_trap(self):
        if self.options.trap:
            host, port = self.options.trap.rsplit(":", 1)
            with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM) as sender:
                sender.sendto(LINK_DOWN, (host.strip("[]"), int(port)))

    def rest(self):
        for method in ["GET", "HEAD"]:
            self.expect(200, method, "/healthz", token=None)
            self.expect(200, method, "/readyz", token=None)
            self.expect(200, method, "/metrics")
            self.expect(200, method, "/metrics", query="?sources=100")
            for bad in ["?sources=101", "?sources=-1", "?sources=", "?sources=x"]:
                self.expect(400, method, "/metrics", query=bad)
        self.expect(200, "GET", "/v1/sources")
        self.expect(200, "GET", "/v1/sources", query="?after=1&limit=1000")
        self.expect(404, "GET", "/v1/sources", query="?address=192.0.2.77")
        for bad in ["?limit=0", "?limit=1001", "?after=4294967296", "?after=x", "?address=nonsense"]:
            self.expect(400, "GET", "/v1/sources", query=bad)
        status, _, octets = self.expect(200, "GET", "/v1/openapi.yaml", token=None)
        if octets != open(self.options.document, "rb").read():
            self.fail("the server answers another document than this one")
        self.expect(200, "GET", "/v1/status")
        self.expect(200, "GET", "/v1/metadata")
        self.expect(204, "POST", "/v1/metadata/flush")
        self.expect(204, "POST", "/v1/metadata/flush", query="?source=192.0.2.7")
        self.expect(400, "POST", "/v1/metadata/flush", query="?source=nonsense")
        self.expect(200, "GET", "/v1/explain", query="?source=192.0.2.7")
        self.expect(200, "GET", "/v1/explain", query="?source=192.0.2.7&trap=1.3.6.1.6.3.1.1.5.3&version=2c")
        for bad in ["", "?source=", "?source=nonsense", "?source=192.0.2.7&version=4", "?source=%zz"]:
            self.expect(400, "GET", "/v1/explain", query=bad)

    def report(self):
        documented = {
            (path, method, int(status)) for path, method in self.document.operations()
            for status in self.document.root["paths"][path][method.lower()]["responses"]}
        for path, method, status in sorted(documented - self.seen):
            print(f"note: {method} {path}: {status} was not provoked")
        missing = {(path, method) for path, method in self.document.operations()} - {
            (path, method) for path, method, status in self.seen if status < 300}
        if not self.any_token():
            missing.discard(("/v1/poll", "POST"))
        if not self.options.engine_id:
            missing.discard(("/v1/v3/engines/{engineID}", "DELETE"))
        for path, method in sorted(missing):
            self.fail(f"{method} {path} never succeeded")
        print(
            f"{self.asked} requests, {len(self.seen)} of {len(documented)} documented answers seen, "
            f"{len(self.failures)} failures")
        return 1 if self.failures else 0


def letter(raw=None):
    return json.dumps({
        "sequence": 4294967303, "received": "2026-11-21T03:20:11.123456Z", "listener": "main", "source": "192.0.2.7",
        "port": 50211, "engine": "noc", "reason": "poison",
        "raw": (raw or base64.b64encode(LINK_DOWN)).decode()}).encode() + b"\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base")
    parser.add_argument("document")
    for option in ["--unix-socket", "--trap", "--configured", "--admin-token", "--limited-token", "--poll-token",
                   "--engine-id"]:
        parser.add_argument(option)
    parser.add_argument("--limited-engine", default="openapi-check")
    check = Check(parser.parse_args())
    check.routes()
    check.everywhere()
    check.engines()
    check.rest()
    check.polls()
    sys.exit(check.report())


main()
