#!/usr/bin/env python3
"""Checks the examples of Documentation/Metadata.md, and a few answers that must not pass, against the schemas."""

import json
import pathlib
import re
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What the daemon refuses too: HTTPMetadataTests has more.
WRONG_ANSWERS = [
    {"answers": []},
    {"request": 7, "answers": []},
    {"request": "7", "answers": [{"routes": []}]},
    {"request": "7", "answers": [{"source": "192.0.2.7"}]},
    {"request": "7", "answers": [{"source": "192.0.2.300", "refused": True}]},
    {"request": "7", "answers": [{"source": "192.0.2.7", "refused": True, "routes": []}]},
    {"request": "7", "answers": [{"source": "192.0.2.7", "routes": [{"trap": "1.3"}]}]},
    {"request": "7", "answers": [{"source": "192.0.2.7", "routes": [{"engine": ["a"]}]}]},
    {"request": "7", "answers": [{"source": "192.0.2.7", "routes": [{"engines": ["a"], "trap": "linkDown"}]}]},
    {"request": "7", "answers": [{"source": "192.0.2.7", "routes": [{"engines": ["a"], "version": ["v2c"]}]}]},
    {"request": "7", "answers": [{"source": "192.0.2.7", "routes": [], "ttl": "5 min"}]},
    {"request": "7", "answers": [{"source": "192.0.2.7", "routes": [], "user": "a", "userHex": "61"}]},
    {"request": "7", "answers": [{"source": "192.0.2.7", "routes": [{"engines": []}] * 257}]},
    {"request": "7", "answers": [{"source": "192.0.2.7", "routes": [], "agent": "core1"}]},
    *[{"request": "7", "answers": [{"source": "192.0.2.7", "routes": [], "credentials": credentials}]}
      for credentials in (
          7, "", {}, {"name": "noc"}, {"user": "noc", "password": "secret words"},
          {"user": "noc", "auth": "SHA-256"}, {"user": "noc", "auth": "SHA256", "authSecret": "secret words"},
          {"user": "noc", "auth": "SHA-256", "authSecret": "short"},
          {"user": "noc", "priv": "AES-128", "privSecret": "secret words"},
          {"user": "noc", "auth": "MD5", "authSecret": "secret words", "form": "master"},
          {"user": "noc", "auth": "MD5", "authSecret": "0a" * 16, "form": "localized"},
          {"user": "noc", "community": "public"}, {"community": "public", "version": "3"},
          {"user": "noc", "engineID": "80"}, {"user": "noc", "timeWindow": "no"})],
]


def validator(name):
    schema = json.loads((ROOT / "Config/schemas" / name).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.FormatChecker(["ipv4", "ipv6"]))


def main():
    requests = validator("metadata-request.schema.json")
    answers = validator("metadata-response.schema.json")
    text = (ROOT / "Documentation/Metadata.md").read_text()
    examples = [json.loads(block) for block in re.findall(r"^```json\n(.*?)^```", text, re.M | re.S)]
    kinds = {"keys": requests, "answers": answers}
    for kind, schema in kinds.items():
        found = [example for example in examples if kind in example]
        if not found:
            sys.exit(f"Metadata.md: no example with {kind}")
        for example in found:
            schema.validate(example)
    for answer in WRONG_ANSWERS:
        if answers.is_valid(answer):
            sys.exit(f"metadata-response.schema.json lets pass: {json.dumps(answer)[:200]}")
    print(f"{len(examples)} examples, {len(WRONG_ANSWERS)} wrong answers")


if __name__ == "__main__":
    main()
