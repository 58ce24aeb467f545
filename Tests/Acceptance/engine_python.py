#!/usr/bin/env python3
"""A processing engine for Trapline: registers, fetches batches, prints each trap, acknowledges.

usage: engine_python.py [NAME [HOST:PORT]]        default: example 127.0.0.1:1180
"""
import http.client, json, signal, sys, time

NAME = sys.argv[1] if len(sys.argv) > 1 else "example"
ADDRESS = sys.argv[2] if len(sys.argv) > 2 else "127.0.0.1:1180"
REGISTRATION = {  # all of it may be left out; without "subscribe" every trap comes
    "batch": {"size": 500, "maxWait": "200ms"},
    "ackTimeout": "30s",
    "lease": "60s",
}
handled = None  # the ID of the last batch that was handled


def call(connection, method, path, body=None):
    connection.request(method, f"/v1/engines/{NAME}{path}", body and json.dumps(body))
    answer = connection.getresponse()
    return answer, answer.read()


def handle(line):
    """One trap or one gap. What this has returned from must survive whatever comes next: it is acknowledged."""
    record = json.loads(line)
    if "missed" in record:
        gap = record["missed"]
        print("MISSED", gap["count"], gap["first"], gap["last"], gap["cause"], flush=True)
    else:
        print(record["sequence"], record["source"], record.get("trap", {}).get("oid", "-"), flush=True)


def serve(connection):
    """Registers, and takes one batch after another until the daemon goes away or forgets us."""
    global handled
    answer, body = call(connection, "PUT", "", REGISTRATION)
    if answer.status not in (200, 201):
        sys.exit(f"{NAME}: {json.loads(body).get('detail')}")  # application/problem+json says why
    while True:
        answer, body = call(connection, "GET", "/batch?wait=20s")
        if answer.status == 204:  # nothing came in that time
            continue
        if answer.status != 200:  # 404: the lease was over; register again
            return
        batch = answer.headers["Trapline-Batch"]
        if batch != handled:  # the same ID again is the same batch: its acknowledgement did not arrive
            for line in body.splitlines():
                handle(line)
        handled = batch
        call(connection, "POST", f"/batch/{batch}/ack")


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
try:
    while True:
        try:
            serve(http.client.HTTPConnection(ADDRESS, timeout=30))
        except (OSError, http.client.HTTPException) as error:
            print(f"{NAME}: {error}; trying again", file=sys.stderr)
        time.sleep(1)
except KeyboardInterrupt:
    pass
finally:  # without this the registration ends with its lease
    try:
        call(http.client.HTTPConnection(ADDRESS, timeout=5), "DELETE", "")
    except (OSError, http.client.HTTPException):
        pass
