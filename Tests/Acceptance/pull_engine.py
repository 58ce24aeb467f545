"""A processing engine that fetches its batches over HTTP, and the API's other calls, with nothing but http.client."""

import http.client
import json
import urllib.parse


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)

    def lines(self):
        return [json.loads(line) for line in self.body.split(b"\n") if line]

    def __repr__(self):
        return f"{self.status} {self.body[:400]!r}"


class API:
    def __init__(self, port, token=None, host="127.0.0.1"):
        self.port, self.token, self.host = port, token, host

    def call(self, method, path, body=None, headers=None, timeout=30):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            if isinstance(body, (dict, list)):
                body = json.dumps(body).encode()
            fields = {**({"Content-Type": "application/json"} if body else {}), **(headers or {})}
            if self.token:
                fields["Authorization"] = f"Bearer {self.token}"
            connection.request(method, path, body=body, headers=fields)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def engine(self, name):
        return self.call("GET", f"/v1/engines/{name}").json()

    def engines(self):
        return {view["name"]: view for view in self.call("GET", "/v1/engines").json()}


class PullEngine:
    """Registers at once. `take` fetches a batch without acknowledging it."""

    def __init__(self, api, name, **registration):
        self.api, self.name = api, name
        answer = api.call("PUT", f"/v1/engines/{name}", registration)
        assert answer.status in (200, 201), answer
        self.registered = answer
        self.delivered = []

    def take(self, wait="1s"):
        answer = self.api.call("GET", f"/v1/engines/{self.name}/batch?wait={wait}")
        assert answer.status in (200, 204), answer
        return answer if answer.status == 200 else None

    def acknowledge(self, batch, outcome="done"):
        identifier = batch if isinstance(batch, str) else batch.headers["Trapline-Batch"]
        return self.api.call("POST", f"/v1/engines/{self.name}/batch/{urllib.parse.quote(identifier)}/ack?outcome={outcome}")

    def drain(self, count, patience=60):
        """Fetches and acknowledges until `count` traps (gaps not counted) have come, or nothing comes any more."""
        silent = 0
        while len(self.traps()) < count and silent < patience:
            batch = self.take()
            if batch is None:
                silent += 1
                continue
            silent = 0
            assert self.acknowledge(batch).status in (200, 204), batch
            self.delivered += batch.lines()
        return self.traps()

    def traps(self):
        return [line for line in self.delivered if "missed" not in line]

    def gaps(self):
        return [line["missed"] for line in self.delivered if "missed" in line]

    def end(self):
        return self.api.call("DELETE", f"/v1/engines/{self.name}")
