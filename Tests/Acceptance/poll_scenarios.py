"""Polling through the daemon. Each scenario is a function whose docstring is the demand."""

import json
import os
import pathlib
import shutil
import subprocess
import time
import urllib.error
import urllib.request

from api_daemon import DISCARD, APIDaemon
from daemon import free_port, temporary_directory, wait_until
from metadata_security_scenarios import filled
from scenarios import Skip

SYSTEM = "1.3.6.1.2.1.1"
NAME = SYSTEM + ".5.0"
SECRET = "open-sesame-said-he"
SECURITY = """
  <community name="public" secret="file:{0}/public" version="2c"/>
  <community name="old" secret="file:{0}/public" version="1"/>
  <community name="wrong" secret="file:{0}/wrong" version="2c"/>
  <user name="noc" auth="SHA-256" auth-secret="file:{0}/noc.auth" priv="AES-128" priv-secret="file:{0}/noc.priv"/>
  <user name="bad" auth="SHA-256" auth-secret="file:{0}/wrong" priv="AES-128" priv-secret="file:{0}/noc.priv"/>"""


class PolledAgent:
    """Debian's snmpd on a port of 127.0.0.1, with users `noc` and `bad` (SHA-256, AES-128)."""

    def __init__(self, directory):
        program = shutil.which("snmpd", path=os.environ.get("PATH", "") + ":/usr/sbin")
        if not program:
            raise Skip("snmpd is missing; apt-get install snmpd")
        self.port = free_port()
        place = pathlib.Path(directory) / "snmpd"
        place.mkdir()
        (place / "snmpd.conf").write_text(
            'rocommunity public 127.0.0.1\nrouser noc authPriv\nrouser bad authPriv\nsysName polled\n'
            'createUser noc SHA-256 "noc auth secret" AES "noc priv secret"\n'
            'createUser bad SHA-256 "noc auth secret" AES "noc priv secret"\n')
        self.process = subprocess.Popen(
            [program, "-f", "-Lf", str(place / "log"), "-C", "-c", str(place / "snmpd.conf"), "-I", "-smux",
             f"udp:127.0.0.1:{self.port},udp:127.0.0.2:{self.port}"],
            env={**os.environ, "MIBS": "", "SNMP_PERSISTENT_DIR": str(place / "state"), "SNMPCONFPATH": str(place)})
        self.address = f"127.0.0.1:{self.port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


class PollingDaemon(APIDaemon):
    def __init__(self, binaries, directory, security=SECURITY, **rest):
        place = pathlib.Path(directory)
        for name, text in [("public", "public"), ("wrong", "wrong secret"), ("noc.auth", "noc auth secret"),
                           ("noc.priv", "noc priv secret"), ("token", SECRET)]:
            (place / name).write_text(text + "\n")
            (place / name).chmod(0o600)
        super().__init__(
            binaries, directory, DISCARD, api=f'<token name="correlator" secret="file:{place}/token"/>',
            more='<polling outstanding="16" timeout="5s" retries="1"/>', **rest)
        self.security = f"<security>{security.format(place)}</security>"
        self.write(DISCARD)

    def poll(self, *requests, token=SECRET):
        call = urllib.request.Request(
            self.url + "/v1/poll", json.dumps({"requests": requests}).encode(),
            {"Authorization": "Bearer " + token} if token else {})
        with urllib.request.urlopen(call, timeout=300) as answer:
            return json.load(answer)["answers"]

    def wait_for(self, agent):
        wait_until(lambda: self.poll(ask(agent))[0]["status"] == "okay", "snmpd to answer")


def ask(agent, credentials="public", operation="get", oids=(NAME,), **more):
    return {"agent": agent, "credentials": credentials, "operation": operation, "oids": list(oids), **more}


def refused(call):
    try:
        call()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    raise AssertionError("it was not refused")


def polls(binaries):
    """An agent is asked by v1, v2c and v3 through the API: values, errors, timeouts, in the order of the requests."""
    with temporary_directory() as directory, PolledAgent(directory) as agent, \
            PollingDaemon(binaries, directory).start() as daemon:
        daemon.wait_for(agent.address)
        silent = f"127.0.0.1:{free_port()}"
        answers = daemon.poll(
            ask(agent.address), ask(agent.address, "old"), ask(agent.address, "noc"),
            ask(agent.address, "noc", "walk", [SYSTEM]), ask(agent.address, "public", "walk", [SYSTEM], limit=2),
            ask(agent.address, "old", oids=[NAME, SYSTEM + ".99.0"]), ask(silent, timeout="50ms", retries=0),
            ask(agent.address, "wrong", timeout="200ms", retries=0), ask(agent.address, "bad"),
            ask(agent.address, "nobody-knows"), {"agent": agent.address, "oids": [NAME]})
        for answer in answers[:3]:
            assert answer["status"] == "okay" and answer["varbinds"][0]["value"] == "polled", answer
        walked = answers[3]["varbinds"]
        assert len(walked) > 5 and all(varbind["oid"].startswith(SYSTEM + ".") for varbind in walked), answers[3]
        assert answers[4]["truncated"] is True and len(answers[4]["varbinds"]) == 2, answers[4]
        assert (answers[5]["status"], answers[5]["error"], answers[5]["errorIndex"]) == ("error", "noSuchName", 2)
        assert answers[6]["status"] == "timeout" and answers[7]["status"] == "timeout", answers[6:8]
        assert answers[8]["error"].startswith("usmStatsWrongDigests"), answers[8]
        assert "<security>" in answers[9]["error"] and "credentials" in answers[10]["error"], answers[9:]


def polls_with_what_metadata_knows(binaries):
    """Without credentials in the request: those that the agent's route names, and a user that only an inventory holds."""
    with temporary_directory() as directory, PolledAgent(directory) as agent:
        with PollingDaemon(binaries, directory, routes='<route source="127.0.0.1" credentials="noc" engines="archive"/>'
                           ).start() as daemon:
            daemon.wait_for(agent.address)
            (answer,) = daemon.poll({"agent": agent.address, "oids": [NAME]})
            assert (answer["status"], answer["varbinds"][0]["value"]) == ("okay", "polled"), answer
            text = daemon.tool("poll", agent.address, NAME, "--token-file", str(pathlib.Path(directory) / "token"))
            assert text == f"{NAME} = OctetString: polled\n", text
            assert daemon.stop() == 0, daemon.log()
        users = "name,user,auth,auth_secret,priv,priv_secret\n"
        inventory = filled(
            binaries, directory, "source,engines,credentials\n127.0.0.1,archive,core\n127.0.0.2,archive,other\n",
            users + "core,noc,SHA-256,noc auth secret,AES-128,noc priv secret\n"
            + "other,noc,SHA-256,another secret,AES-128,noc priv secret\n")
        with PollingDaemon(binaries, directory, rules=f'<sqlite name="routes" path="{inventory}"/>',
                           security='<community name="public" secret="file:{0}/public" version="2c"/>').start() as daemon:
            daemon.wait_for(agent.address)
            right, wrong = daemon.poll({"agent": agent.address, "oids": [NAME]},
                                       {"agent": agent.address.replace("127.0.0.1", "127.0.0.2"), "oids": [NAME]})
            assert (right["status"], right["varbinds"][0]["value"]) == ("okay", "polled"), right
            assert wrong["status"] == "error" and wrong["error"].startswith("usmStatsWrongDigests"), wrong
            assert "noc auth secret" not in daemon.log() + json.dumps([right, wrong])
            assert daemon.stop() == 0, daemon.log()


def polls_need_a_token(binaries):
    """Nobody polls without a token, on loopback neither; the secrets appear nowhere."""
    with temporary_directory() as directory, PolledAgent(directory) as agent, \
            PollingDaemon(binaries, directory).start() as daemon:
        daemon.wait_for(agent.address)
        for token in [None, "sesam"]:
            assert refused(lambda: daemon.poll(ask(agent.address), token=token))[0] == 401
        code, text = refused(lambda: daemon.poll({"agent": "router-1", "oids": [NAME]}))
        assert code == 400 and "requests[0].agent" in text, text
        log = daemon.log()
        assert "secret" not in log.replace("auth-secret", "").replace("priv-secret", "") and SECRET not in log, log


def many_polls(binaries):
    """200 requests with 16 under way keep their order, beside an agent that never answers."""
    with temporary_directory() as directory, PolledAgent(directory) as agent, \
            PollingDaemon(binaries, directory).start() as daemon:
        daemon.wait_for(agent.address)
        silent = f"127.0.0.1:{free_port()}"
        dead = [ask(silent, timeout="5s", retries=0)] * 3
        start = time.monotonic()
        requests = [ask(agent.address, ["public", "noc"][index % 2], oids=[f"{SYSTEM}.{1 + index % 6}.0"])
                    for index in range(200)]
        answers = daemon.poll(*dead, *requests)
        assert time.monotonic() - start < 5 * 3, "the silent agent held up the others"
        for index, answer in enumerate(answers[3:]):
            assert answer["status"] == "okay", answer
            assert answer["varbinds"][0]["oid"] == f"{SYSTEM}.{1 + index % 6}.0", answer


def polls_by_hand(binaries):
    """`trapline poll` prints a line for each value, and fails with 1 where there is none."""
    with temporary_directory() as directory, PolledAgent(directory) as agent, \
            PollingDaemon(binaries, directory).start() as daemon:
        daemon.wait_for(agent.address)
        token = ["--token-file", str(pathlib.Path(directory) / "token")]
        text = daemon.tool("poll", agent.address, NAME, "--credentials", "noc", *token)
        assert text == f"{NAME} = OctetString: polled\n", text
        # By its name, which the tool looks up.
        text = daemon.tool("poll", f"localhost:{agent.port}", NAME, "--credentials", "public", *token)
        assert text == f"{NAME} = OctetString: polled\n", text
        text = daemon.tool("poll", agent.address, SYSTEM, "--operation", "walk", "--credentials", "public", *token)
        assert f"{NAME} = OctetString: polled" in text.splitlines(), text
        answer = json.loads(daemon.tool("poll", agent.address, NAME, "--credentials", "old", "--json", *token))
        assert answer["status"] == "okay", answer
        daemon.tool("poll", agent.address, SYSTEM + ".99.0", "--credentials", "old", *token, code=1)
        daemon.tool("poll", agent.address, NAME, "--credentials", "bad", *token, code=1)
        daemon.tool("poll", agent.address, "sysName.0", *token, code=2)
        assert daemon.tool("v3", "list", "--json") == "[]\n"
        daemon.tool("v3", "forget", "8000000001", code=1)
