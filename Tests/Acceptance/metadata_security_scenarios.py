"""SNMPv3 users that the configuration does not know: their credentials come from the inventory or a metadata service,
and so does which device an engine is. Each scenario is a function whose docstring is the demand."""

import hashlib
import http.server
import json
import pathlib
import sqlite3
import subprocess
import threading
import time

from daemon import PATIENCE, balanced, temporary_directory, wait_until
from metadata_daemon import MetadataDaemon, files

ENGINE = "8000000001020304"
AUTH, PRIV = "open sesame authentication", "keep out of here privacy"
FORMS = ["passphrase", "master", "localized"]


def master(passphrase):
    """Ku of RFC 3414 §A.2, with SHA-256 (RFC 7860)."""
    octets = passphrase.encode()
    return hashlib.sha256((octets * (2**20 // len(octets) + 1))[:2**20]).digest()


def localized(passphrase):
    key = master(passphrase)
    return hashlib.sha256(key + bytes.fromhex(ENGINE) + key).digest()


def secrets(form, auth=AUTH, priv=PRIV):
    """Both, as a CSV file and a service write them: AES-128 has 16 octets of a localized key."""
    if form == "passphrase":
        return auth, priv
    if form == "master":
        return master(auth).hex(), master(priv).hex()
    return localized(auth).hex(), localized(priv)[:16].hex()


def all_secrets():
    """Every text in which a secret might show."""
    return {text for form in FORMS for text in secrets(form)} | {
        text.upper() for form in FORMS[1:] for text in secrets(form)} | {"other secret entirely", "a poll community"}


def send(daemon, user, auth=AUTH, priv=PRIV, source="127.0.0.1", text="x"):
    """One authPriv trap by Net-SNMP from the given address."""
    daemon.trap("-v", "3", "-u", user, "-l", "authPriv", "-e", "0x" + ENGINE, "-a", "SHA-256", "-A", auth, "-x", "AES",
                "-X", priv, f"--clientaddr={source}", "TARGET", "", "1.3.6.1.6.3.1.1.5.3", "1.3.6.1.2.1.1.5.0", "s", text)


def inventory(binaries, *words):
    done = subprocess.run([str(binaries / "trapline"), "inventory", *map(str, words)], capture_output=True, text=True,
                          timeout=PATIENCE)
    assert done.returncode == 0, (words, done)
    return done.stdout + done.stderr


def credentials_csv(rows):
    """Rows of (name, form, auth secret, priv secret), each for the user of its name."""
    lines = ["name,user,engine_id,auth,auth_secret,priv,priv_secret,form"]
    for name, form, auth, priv in rows:
        lines.append(f"{name},{name},{ENGINE if form == 'localized' else ''},SHA-256,{auth},AES-128,{priv},{form}")
    return "\n".join(lines) + "\n"


def filled(binaries, directory, sources, credentials, engines=""):
    """An inventory of these CSV texts."""
    path = pathlib.Path(directory) / "inventory.db"
    for command, text in (("import", sources), ("import-credentials", credentials), ("import-engines", engines)):
        if text:
            csv = pathlib.Path(directory) / f"{command}.csv"
            csv.write_text(text)
            inventory(binaries, command, csv, "--into", path)
    return path


def assert_no_secret(daemon, *more):
    """No log line, view or explanation tells one; what is compared is not empty."""
    texts = [daemon.log(), json.dumps(daemon.view()), *more]
    texts.append(json.dumps(daemon.api.call("GET", "/v1/explain?source=127.0.0.1").json()))
    texts.append(json.dumps(daemon.api.call("GET", "/v1/status").json()))
    assert any("127.0.0.1" in text for text in texts)
    for text in texts:
        for secret in all_secrets():
            assert secret not in text, "a secret shows: " + text[:2000]


def last(daemon):
    """The values of the last varbinds that were delivered, in order."""
    return [line["varbinds"][-1]["value"] for line in daemon.lines_of("alarms")]


def credentials_of_the_inventory_verify_in_each_form_and_name_the_agent(binaries):
    """A user of the inventory is verified by its passphrase, master key or localized key; its engine names the agent."""
    with temporary_directory() as directory:
        sources = "source,engines,credentials,level\n" + "".join(
            f"127.0.1.{number},alarms,{form},authPriv\n" for number, form in enumerate(FORMS, 1))
        path = filled(binaries, directory, sources + "127.0.0.1,alarms,,\n",
                      credentials_csv([(form, form, *secrets(form)) for form in FORMS]),
                      f"engine_id,agent\n{ENGINE},10.1.2.3\n")
        assert path.stat().st_mode & 0o777 == 0o640
        with MetadataDaemon(binaries, directory, f'<sqlite name="service" path="{path}"/>',
                            files(directory, "alarms")).start() as daemon:
            for number, form in enumerate(FORMS, 1):
                send(daemon, form, source=f"127.0.1.{number}", text=form)
            lines = daemon.wait_for("alarms", 3)
            for line, form in zip(sorted(lines, key=lambda line: line["source"]), FORMS):
                wanted = {"user": form, "verified": True, "level": "authPriv", "agent": "10.1.2.3", "engineID": ENGINE}
                assert {name: line.get(name) for name in wanted} == wanted, line
            # From an address whose row names no credentials nobody knows the user.
            send(daemon, "passphrase", source="127.0.0.1")
            wait_until(lambda: "unknown-user" in json.dumps(daemon.api.call("GET", "/v1/status").json())
                       and daemon.get("traplineRefused") == 1, "the refusal")
            shown = [inventory(binaries, "show", path, f"127.0.1.{number}") for number in (1, 2, 3)]
            assert all("SHA-256 and AES-128" in text for text in shown), shown
            assert "10.1.2.3" in inventory(binaries, "show", path, ENGINE)
            assert_no_secret(daemon, *shown, inventory(binaries, "check", path, "--engines", "alarms"))
            values = daemon.at_rest(4)
            balanced(values)
            assert (values["Delivered"], values["Refused"]) == (3, 1), values
            path.chmod(0o644)
            wait_until(lambda: "holds secrets, and others may read it" in daemon.log(), "the warning of the file's mode")
            assert daemon.stop() == 0, daemon.log()


def a_secret_that_changes_in_the_inventory_counts_within_a_second_or_so(binaries):
    """With an UPDATE by hand, the new secret is accepted and the old one refused as wrong-digest, without a restart."""
    with temporary_directory() as directory:
        path = filled(binaries, directory, "source,engines,credentials\n127.0.0.1,alarms,noc\n",
                      credentials_csv([("noc", "passphrase", AUTH, PRIV)]))
        with MetadataDaemon(binaries, directory, f'<sqlite name="service" path="{path}"/>',
                            files(directory, "alarms")).start() as daemon:
            send(daemon, "noc", text="old")
            daemon.wait_for("alarms", 1)
            with sqlite3.connect(path) as connection:
                connection.execute("UPDATE credentials SET auth_secret = CAST('other secret entirely' AS BLOB)")
            connection.close()
            changed, sent = time.monotonic(), 1
            while last(daemon) == ["old"] and time.monotonic() < changed + PATIENCE:
                send(daemon, "noc", auth="other secret entirely", text="new")
                sent += 1
                time.sleep(0.1)
            took = time.monotonic() - changed
            assert last(daemon)[1:] and set(last(daemon)[1:]) == {"new"}, daemon.log()
            # Refusals until then are of the new secret; from now on of the old one alone.
            before = daemon.get("traplineRefused")
            send(daemon, "noc", text="old again")
            wait_until(lambda: daemon.get("traplineRefused") == before + 1, "the old secret to be refused")
            assert "old again" not in last(daemon)
            assert "wrong-digest" in daemon.log(), daemon.log()
            balanced(daemon.at_rest(sent + 1))
            assert_no_secret(daemon, inventory(binaries, "show", path, "127.0.0.1"))
            assert took < 5, f"the change took {took:.1f} s"
            return f"accepted {took:.1f} s after the change"


class Answers(http.server.BaseHTTPRequestHandler):
    """A service that answers each key with `server.element`, which may be changed meanwhile."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answers = [{"source": key["source"], "listener": key["listener"], "ttl": "1s",
                    "routes": [{"engines": ["alarms"]}]}
                   | {name: key[name] for name in ("engineID", "user") if name in key}
                   | self.server.element(key.get("user", "")) for key in request["keys"]]
        body = json.dumps({"request": request["request"], "answers": answers}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def stated(form):
    auth, priv = secrets(form)
    engine = {"engineID": ENGINE} if form == "localized" else {}
    return {"name": f"of {form}", "user": form, "auth": "SHA-256", "authSecret": auth, "priv": "AES-128",
            "privSecret": priv, "form": form} | engine


def credentials_of_a_service_verify_in_each_form_and_a_wrong_one_is_named_without_its_secret(binaries):
    """As from the inventory; credentials that cannot be used are named by their place in the answer, not shown."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    # The last user's secret is no key.
    server.element = lambda user: {"agent": "10.1.2.3", "credentials": stated(user) if user in FORMS else
                                   stated("master") | {"user": "bad", "authSecret": AUTH}}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    more = '<requests timeout="300ms" attempts="2" backoff="50ms" max-wait="5ms"/>'
    xml = f'<http name="service" url="http://127.0.0.1:{server.server_address[1]}/"/>'
    try:
        with temporary_directory() as directory, MetadataDaemon(
                binaries, directory, xml + more, files(directory, "alarms")).start() as daemon:
            for form in FORMS:
                send(daemon, form, text=form)
            lines = daemon.wait_for("alarms", 3)
            wanted = {"verified": True, "level": "authPriv", "agent": "10.1.2.3"}
            assert [{name: line.get(name) for name in wanted} for line in lines] == [wanted] * 3, lines
            assert sorted(line["user"] for line in lines) == sorted(FORMS), lines
            send(daemon, "bad")
            wait_until(lambda: "credentials.authSecret: the master key is not hexadecimal" in daemon.log(), "the mistake")
            wait_until(lambda: daemon.get("traplineRefused") == 1, "its user to be refused")
            values = daemon.at_rest(4)
            balanced(values)
            assert values["Delivered"] == 3, values
            assert_no_secret(daemon)
            # The answer's end has passed: what is asked anew is the same credentials, and verifies as before.
            time.sleep(1.1)
            send(daemon, "passphrase", text="again")
            daemon.wait_for("alarms", 4)
            assert daemon.stop() == 0, daemon.log()
    finally:
        server.shutdown()


def two_thousand_users_of_one_inventory_work(binaries):
    """Each source names a user of its own; what is not needed is not derived, and what changes costs its own user alone."""
    names = [f"user{number}" for number in range(2000)]
    with temporary_directory() as directory:
        sources = "source,engines,credentials\n" + "".join(
            f"127.1.{number >> 8}.{number & 255},alarms,{name}\n" for number, name in enumerate(names))
        begin = time.monotonic()
        path = filled(binaries, directory, sources,
                      credentials_csv([(name, "passphrase", f"{AUTH} {name}", f"{PRIV} {name}") for name in names]))
        imported = time.monotonic() - begin
        inventory(binaries, "check", path, "--engines", "alarms")
        with MetadataDaemon(binaries, directory, f'<sqlite name="service" path="{path}"/>',
                            files(directory, "alarms")).start() as daemon:
            chosen = range(0, 2000, 97)
            for number in chosen:
                send(daemon, names[number], f"{AUTH} {names[number]}", f"{PRIV} {names[number]}",
                     source=f"127.1.{number >> 8}.{number & 255}")
            lines = daemon.wait_for("alarms", len(chosen))
            assert sorted(line["user"] for line in lines) == sorted(names[number] for number in chosen)
            balanced(daemon.at_rest(len(chosen)))
            return f"imported in {imported:.1f} s, {len(chosen)} of them sent"
