"""What a user would try. Each scenario is a function whose name is its title; its docstring is the demand."""

import os
import pathlib
import random
import re
import select
import signal
import subprocess
import threading

from daemon import ROOT, Daemon, balanced, free_port, temporary_directory, wait_until

STDOUT = '<file name="archive" path="-" format="json"><batch size="500" max-wait="20ms"/></file>'
DISCARD = '<discard name="archive"/>'
LINK_DOWN = "1.3.6.1.6.3.1.1.5.3"


class Skip(Exception):
    """The machine lacks something that this scenario needs; the text says what."""


def shared():
    path = pathlib.Path(os.environ.get("TRAPLINE_SHARED", ROOT.parent / "shared"))
    if not path.is_dir():
        raise Skip("no corpus beside the checkout")
    return path


def file_engine(path, more=""):
    return f'<file name="archive" path="{path}" format="json" {more}><batch size="500" max-wait="20ms"/></file>'


# Traps in, lines out


def a_v2c_trap_becomes_one_json_line(binaries):
    with temporary_directory() as directory, Daemon(binaries, directory, STDOUT).start() as daemon:
        daemon.link_down()
        (line,) = daemon.wait_for_lines(1)
        assert line["version"] == "2c" and line["pdu"] == "trap" and line["trap"]["oid"] == LINK_DOWN, line
        assert line["varbinds"] == [{"oid": "1.3.6.1.2.1.2.2.1.1.7", "type": "Integer32", "value": 7}], line
        assert line["source"] == "127.0.0.1" and line["agent"] == "127.0.0.1" and line["listener"] == "main", line
        assert isinstance(line["uptime"], int) and "community" not in line, line
        assert daemon.get("traplineArrived") == 1
        daemon.link_down(8)
        second = daemon.wait_for_lines(2)[1]
        assert second["sequence"] == line["sequence"] + 1, second
        assert daemon.stop() == 0, daemon.log()


def a_v1_trap_keeps_its_own_fields(binaries):
    with temporary_directory() as directory, Daemon(binaries, directory, STDOUT).start() as daemon:
        daemon.trap("-v", "1", "-c", "public", "TARGET", "1.3.6.1.4.1.9.9", "192.0.2.9", "6", "42", "100",
                    "1.3.6.1.2.1.1.5.0", "s", "core-1")
        (line,) = daemon.wait_for_lines(1)
        assert line["trap"]["oid"] == "1.3.6.1.4.1.9.9.0.42" and line["agent"] == "192.0.2.9", line
        assert (line["enterprise"], line["generic"], line["specific"]) == ("1.3.6.1.4.1.9.9", 6, 42), line
        assert line["uptime"] == 100 and line["varbinds"][0]["value"] == "core-1", line


def a_trap_over_ipv6_names_its_source(binaries):
    with temporary_directory() as directory, Daemon(binaries, directory, STDOUT).start() as daemon:
        daemon.trap("-v", "2c", "-c", "public", "TARGET", "", LINK_DOWN, host="::1")
        (line,) = daemon.wait_for_lines(1)
        assert line["source"] == "::1", line


def every_value_type_of_a_real_sender_is_named(binaries):
    values = [("i", "-5", "Integer32", -5), ("u", "4000000000", "Gauge32", 4000000000), ("c", "7", "Counter32", 7),
              ("s", "text", "OctetString", "text"), ("o", "1.3.6.1", "ObjectIdentifier", "1.3.6.1"),
              ("t", "99", "TimeTicks", 99), ("a", "192.0.2.1", "IpAddress", "192.0.2.1"),
              ("C", "18446744073709551615", "Counter64", 18446744073709551615)]
    with temporary_directory() as directory, Daemon(binaries, directory, STDOUT).start() as daemon:
        arguments = []
        for index, (letter, text, _, _) in enumerate(values):
            arguments += [f"1.3.6.1.4.1.1.{index}", letter, text]
        daemon.trap("-v", "2c", "-c", "public", "TARGET", "", LINK_DOWN, *arguments,
                    "1.3.6.1.4.1.1.90", "x", "00ff", "1.3.6.1.4.1.1.91", "n", "")
        (line,) = daemon.wait_for_lines(1)
        for varbind, (_, _, name, value) in zip(line["varbinds"], values):
            assert (varbind["type"], varbind["value"]) == (name, value), varbind
        assert line["varbinds"][8]["hex"] == "00ff" and "value" not in line["varbinds"][8], line


def an_inform_is_delivered_with_its_request_id(binaries):
    with temporary_directory() as directory, Daemon(binaries, directory, STDOUT).start() as daemon:
        # Informs are answered from a later version on; the sender's time-out is expected.
        daemon.snmp("snmpinform", "-v", "2c", "-c", "public", "-r", "0", "-t", "0.2", f"127.0.0.1:{daemon.port}", "",
                    LINK_DOWN)
        (line,) = daemon.wait_for_lines(1)
        assert line["pdu"] == "inform" and isinstance(line["requestID"], int), line


def an_snmpv3_trap_of_nobody_known_is_counted_or_delivered_raw_as_configured(binaries):
    sender = ["-v", "3", "-l", "noAuthNoPriv", "-u", "noc", "-e", "0x8000000001020304", "TARGET", "", LINK_DOWN]
    with temporary_directory() as directory, Daemon(binaries, directory, STDOUT).start() as daemon:
        daemon.trap(*sender)
        balanced(daemon.at_rest(1))
        assert daemon.get("traplineRefusedUnknownUser") == 1
    with temporary_directory() as directory:
        with Daemon(binaries, directory, STDOUT, listener='v3="deliver-raw"').start() as daemon:
            daemon.trap(*sender)
            (line,) = daemon.wait_for_lines(1)
            assert line["version"] == "3" and line["engineID"] == "8000000001020304" and line["user"] == "noc", line


def pysnmp_is_a_sender_too(binaries):
    program = """
import sys
from pysnmp.hlapi import *
g = sendNotification(SnmpEngine(), CommunityData('public', mpModel=1), UdpTransportTarget(('127.0.0.1', int(sys.argv[1]))),
    ContextData(), 'trap', NotificationType(ObjectIdentity('1.3.6.1.6.3.1.1.5.4')))
next(g)
"""
    if subprocess.run(["/usr/bin/python3", "-c", "import pysnmp.hlapi"], capture_output=True).returncode:
        raise Skip("python3-pysnmp4 is not installed")
    with temporary_directory() as directory, Daemon(binaries, directory, STDOUT).start() as daemon:
        done = subprocess.run(["/usr/bin/python3", "-c", program, str(daemon.port)], capture_output=True, text=True,
                              timeout=60)
        assert done.returncode == 0, done.stderr
        (line,) = daemon.wait_for_lines(1)
        assert line["trap"]["oid"] == "1.3.6.1.6.3.1.1.5.4", line


def routes_choose_engines_and_attach_attributes(binaries):
    with temporary_directory() as directory:
        alarms = pathlib.Path(directory) / "alarms.json"
        engines = STDOUT + f'<file name="alarms" path="{alarms}" format="json"/>'
        routes = f'<route source="127.0.0.0/8" trap="{LINK_DOWN}" engines="alarms archive"><attribute name="site" value="LHR2"/></route>'
        with Daemon(binaries, directory, engines, routes=routes).start() as daemon:
            daemon.link_down()
            daemon.trap("-v", "2c", "-c", "public", "TARGET", "", "1.3.6.1.6.3.1.1.5.4")
            assert [line["attributes"] for line in daemon.wait_for_lines(1, alarms)] == [{"site": "LHR2"}]
            lines = daemon.wait_for_lines(2)
            assert [line["trap"]["oid"][-1] for line in lines] == ["3", "4"] and "attributes" not in lines[1], lines
            values = daemon.at_rest(2)
            assert (values["Placed"], values["Routed"], values["Delivered"]) == (2, 3, 3), values


# The ledger


def the_scalars_answer_by_name_and_balance(binaries):
    with temporary_directory() as directory, Daemon(binaries, directory, DISCARD).start() as daemon:
        for index in range(5):
            daemon.link_down(index + 1)
        daemon.send([b"", b"\x30", b"rubbish" * 10])
        values = daemon.at_rest(8)
        balanced(values)
        assert values["Accepted"] == 5 and values["Refused"] == 3 and values["Delivered"] == 5, values


def the_scalars_answer_through_a_real_snmpd_that_comes_later_and_goes(binaries):
    with temporary_directory() as directory, Daemon(binaries, directory, DISCARD) as daemon:
        master = free_port()
        configuration = pathlib.Path(directory) / "snmpd.conf"
        configuration.write_text(f"master agentx\nagentXSocket unix:{directory}/agentx\nagentXTimeout 2\n"
                                 f"agentaddress udp:127.0.0.1:{master}\nrocommunity public 127.0.0.1\n")
        text = daemon.configuration.read_text()
        daemon.configuration.write_text(text.replace(
            f'mode="standalone" address="udp:127.0.0.1:{daemon.agent_port}"', f'mode="agentx" address="unix:{directory}/agentx"'))
        daemon.start()
        daemon.link_down()
        daemon.agent_port = master

        def answered():
            try:
                return daemon.get("traplineArrived") == 1
            except (AssertionError, subprocess.TimeoutExpired):
                return False

        for _ in range(2):  # a master that comes after the daemon, and one that comes back
            with open(pathlib.Path(directory) / "snmpd.log", "ab") as log:
                snmpd = subprocess.Popen(["/usr/sbin/snmpd", "-f", "-Le", "-C", "-c", str(configuration), "-p",
                                          f"{directory}/snmpd.pid"], env=daemon.tool_environment(), stdout=log, stderr=log)
            try:
                wait_until(answered, "an answer through snmpd")
            finally:
                snmpd.terminate()
                snmpd.wait(timeout=30)
        assert daemon.stop() == 0, daemon.log()


def corpus_datagrams(kinds=("",)):
    """The corpus' datagrams, of those kinds by the index beside them."""
    for path in sorted((shared() / "corpus").glob("*/packets.hex")):
        rows = path.with_name("index.tsv").read_text().split("\n")[1:]
        for line, row in zip(path.read_text().split("\n"), rows):
            datagram = bytes.fromhex(line.strip())
            if line.strip() and len(datagram) <= 65507 and any(kind in row for kind in kinds):
                yield datagram


def every_datagram_of_the_corpus_stands_in_the_ledger(binaries):
    datagrams = list(corpus_datagrams())
    with temporary_directory() as directory, Daemon(binaries, directory, STDOUT).start() as daemon:
        daemon.send(datagrams)
        values = daemon.at_rest(len(datagrams))
        balanced(values)
        assert values["Arrived"] == len(datagrams), values
        assert len(daemon.wait_for_lines(values["Delivered"])) == values["Delivered"], values
        return f"{len(datagrams)} datagrams, {values['Accepted']} accepted, {values['Refused']} refused"


def mutated_datagrams_stand_in_the_ledger(binaries):
    seed = int(os.environ.get("TRAPLINE_SEED", "20261121"))
    count = int(os.environ.get("TRAPLINE_DATAGRAMS", "200000"))
    generator = random.Random(seed)
    everything = [datagram for datagram in corpus_datagrams() if datagram]
    notifications = [datagram for datagram in corpus_datagrams(("trap", "inform")) if datagram]
    with temporary_directory() as directory, Daemon(binaries, directory, DISCARD).start() as daemon:
        sent = 0
        while sent < count:
            group = []
            for _ in range(min(2000, count - sent)):
                # Half of them from notifications, so that the engine's decoder sees damage too.
                datagram = bytearray(generator.choice(notifications if generator.random() < 0.5 else everything))
                for _ in range(generator.randrange(1, 5)):
                    datagram[generator.randrange(len(datagram))] = generator.randrange(256)
                group.append(bytes(datagram[: generator.randrange(1, len(datagram) + 1)] if generator.random() < 0.2 else datagram))
            daemon.send(group)
            sent += len(group)
        values = daemon.at_rest(count)
        balanced(values)
        assert values["Arrived"] == count and daemon.process.poll() is None, (seed, values)
        return f"{count} datagrams, seed {seed}, kernel drops {values['KernelDrops']}, accepted {values['Accepted']}"


def a_kill_under_load_is_booked_as_crash(binaries):
    with temporary_directory() as directory:
        path = pathlib.Path(directory) / "traps.json"
        with Daemon(binaries, directory, file_engine(path)) as daemon:
            daemon.start()
            blast = subprocess.Popen(
                [str(binaries / "trapline"), "blast", f"127.0.0.1:{daemon.port}", "--count", "200000", "--no-verdict"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            wait_until(lambda: path.exists() and path.stat().st_size > 100_000, "the first lines")
            daemon.kill()
            blast.wait(timeout=60)
            daemon.start()
            assert "former run" in daemon.log() and "crash" in daemon.log(), daemon.log()
            former = subprocess.run([str(binaries / "trapline"), "status", "--state", str(daemon.state), "--former"],
                                    capture_output=True, text=True, timeout=30)
            assert former.returncode == 0 and "crash" in former.stdout, former
            daemon.link_down()
            balanced(daemon.at_rest(1))
            assert daemon.stop() == 0
            lines = daemon.lines(path)
            sequences = [line["sequence"] for line in lines]
            assert sequences == sorted(set(sequences)), "sequences must rise across the crash"
            return next(line for line in daemon.log().split("\n") if "former run" in line)


def order_and_completeness_hold_at_the_far_end(binaries):
    with temporary_directory() as directory:
        path = pathlib.Path(directory) / "traps.json"
        with Daemon(binaries, directory, file_engine(path)).start() as daemon:
            blast = subprocess.run(
                [str(binaries / "trapline"), "blast", f"127.0.0.1:{daemon.port}", "--count", "50000", "--sources", "100",
                 "--rate", "20000/s", "--agent", f"127.0.0.1:{daemon.agent_port}"], capture_output=True, text=True,
                timeout=120)
            assert blast.returncode == 0, blast.stdout + blast.stderr
            verify = subprocess.run([str(binaries / "trapline"), "verify", str(path)], capture_output=True, text=True,
                                    timeout=60)
            assert verify.returncode == 0, verify.stdout + verify.stderr
            # The checker itself must be able to fail: two lines of one source, exchanged.
            lines = path.read_bytes().split(b"\n")[:-1]
            lines[100], lines[200] = lines[200], lines[100]
            path.write_bytes(b"\n".join(lines) + b"\n")
            verify = subprocess.run([str(binaries / "trapline"), "verify", str(path)], capture_output=True, text=True,
                                    timeout=60)
            assert verify.returncode == 1, verify.stdout


def a_stopped_engine_costs_bounded_memory_and_is_told_what_it_missed(binaries):
    """Memory stays below the limit + 64 MiB; what the bound took is reported as gaps, in their place, and adds up."""
    with temporary_directory() as directory:
        fifo = pathlib.Path(directory) / "engine"
        collected = pathlib.Path(directory) / "collected.json"
        os.mkfifo(fifo)
        reader = os.open(fifo, os.O_RDWR)  # holds the FIFO open, and reads nothing yet
        try:
            with Daemon(binaries, directory, file_engine(fifo), daemon='<memory limit="64MiB"/>').start() as daemon:
                blast = subprocess.run(
                    [str(binaries / "trapline"), "blast", f"127.0.0.1:{daemon.port}", "--count", "300000", "--rate",
                     "60000/s", "--no-verdict"], capture_output=True, text=True, timeout=120)
                assert blast.returncode == 0, blast
                wait_until(lambda: daemon.get("traplineArrived", "traplineWaiting") == [300000, 0], "all to arrive")
                resident = int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{daemon.process.pid}/status").read_text())[1])
                missed = daemon.get("traplineMissedBound")
                assert missed > 0 and resident < (64 + 64) << 10, (missed, resident)
                stopping = threading.Event()

                def drain():
                    with open(collected, "wb") as output:
                        while not stopping.is_set():
                            if select.select([reader], [], [], 0.1)[0]:
                                output.write(os.read(reader, 1 << 20))

                thread = threading.Thread(target=drain)
                thread.start()
                try:
                    values = daemon.at_rest(300000)
                finally:
                    stopping.set()
                    thread.join()
                balanced(values)
                assert values["Missed"] == missed, (values, missed)
                gaps = [line["missed"]["count"] for line in daemon.lines(collected) if "missed" in line]
                assert sum(gaps) == missed, (gaps, missed)
                verify = subprocess.run([str(binaries / "trapline"), "verify", str(collected)], capture_output=True,
                                        text=True, timeout=60)
                assert verify.returncode == 0 or values["KernelDrops"], verify.stdout
                return f"missed {missed} in {len(gaps)} gaps, resident at most {resident >> 10} MiB of 64 + 64"
        finally:
            os.close(reader)


# Life and errors


def expect_failure(daemon, code, *texts):
    daemon.start(ready=False)
    try:
        status = daemon.process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        raise AssertionError("it runs: " + daemon.log())
    log = daemon.log()
    assert status == code, (status, log)
    errors = [line for line in log.split("\n") if "error:" in line]
    assert len(errors) == 1, "one clear line, not: " + log
    for text in texts:
        assert text in errors[0], log
    return errors[0]


def a_port_in_use_is_one_clear_line(binaries):
    with temporary_directory() as first, temporary_directory() as second:
        with Daemon(binaries, first, DISCARD).start() as holder, Daemon(binaries, second, DISCARD) as late:
            late.port = holder.port
            late.write(DISCARD)
            return expect_failure(late, 1, str(holder.port), "in use")


def an_agent_port_in_use_is_one_clear_line(binaries):
    with temporary_directory() as first, temporary_directory() as second:
        with Daemon(binaries, first, DISCARD).start() as holder, Daemon(binaries, second, DISCARD) as late:
            late.agent_port = holder.agent_port
            late.write(DISCARD)
            return expect_failure(late, 1, str(holder.agent_port))


def a_state_directory_in_use_is_one_clear_line(binaries):
    with temporary_directory() as directory, Daemon(binaries, directory, DISCARD).start():
        with Daemon(binaries, directory, DISCARD) as late:
            return expect_failure(late, 1, "another traplined")


def a_missing_directory_is_one_clear_line(binaries):
    with temporary_directory() as directory:
        path = f"{directory}/missing/traps.json"
        with Daemon(binaries, directory, file_engine(path)) as daemon:
            return expect_failure(daemon, 1, path)


def an_unwritable_file_is_one_clear_line(binaries):
    if os.geteuid() != 0:
        raise Skip("only root can become somebody who may not write")
    with temporary_directory() as directory:
        path = pathlib.Path(directory) / "traps.json"
        path.touch(0o444)
        nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        with Daemon(binaries, directory, file_engine(path), prefix=nobody) as daemon:
            os.chmod(directory, 0o755)
            os.chown(daemon.state, 65534, 65534)
            return expect_failure(daemon, 1, str(path), "ermission")


def a_broken_configuration_exits_with_78(binaries):
    with temporary_directory() as directory, Daemon(binaries, directory, '<file name="archive"/><disc name="x"/>') as daemon:
        daemon.start(ready=False)
        assert daemon.process.wait(timeout=30) == 78, daemon.log()
        check = subprocess.run([str(binaries / "traplined"), "--check", "--config", str(daemon.configuration)],
                               capture_output=True, text=True, timeout=30)
        assert check.returncode == 78 and check.stderr.count("trapline.xml:") >= 2, check
        return f"{check.stderr.count('trapline.xml:')} errors named"


def wrong_usage_exits_with_2(binaries):
    done = subprocess.run([str(binaries / "traplined"), "--confg", "x"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 2, done


def the_printed_configuration_starts_the_same_daemon(binaries):
    with temporary_directory() as directory, Daemon(binaries, directory, STDOUT) as daemon:
        printed = subprocess.run([str(binaries / "traplined"), "--print-config", "--config", str(daemon.configuration)],
                                 capture_output=True, text=True, timeout=30)
        assert printed.returncode == 0, printed
        daemon.configuration.write_text(printed.stdout)
        daemon.start()
        daemon.link_down()
        daemon.wait_for_lines(1)


def a_hang_up_reopens_the_file_and_swaps_the_rules(binaries):
    with temporary_directory() as directory:
        path = pathlib.Path(directory) / "traps.json"
        aside = pathlib.Path(directory) / "traps.json.aside"
        engines = file_engine(path) + '<discard name="sink"/>'
        with Daemon(binaries, directory, engines).start() as daemon:
            daemon.link_down(1)
            daemon.wait_for_lines(1, path)
            path.rename(aside)
            daemon.signal(signal.SIGHUP)
            wait_until(path.exists, "the file to be made anew")
            daemon.link_down(2)
            assert daemon.wait_for_lines(1, path)[0]["varbinds"][0]["value"] == 2
            assert len(daemon.lines(aside)) == 1
            daemon.default = "sink"
            daemon.write(engines)
            daemon.signal(signal.SIGHUP)
            wait_until(lambda: daemon.log().count("reloaded") == 2, "the second reload")
            daemon.link_down(3)
            balanced(daemon.at_rest(3))
            assert len(daemon.lines(path)) == 1
            daemon.configuration.write_text("<trapline>")
            daemon.signal(signal.SIGHUP)
            wait_until(lambda: "trapline.xml:1" in daemon.log(), "the refusal of the broken file")
            daemon.link_down(4)
            balanced(daemon.at_rest(4))


def a_stop_drains_and_accounts_for_what_is_left(binaries):
    with temporary_directory() as directory:
        fifo = pathlib.Path(directory) / "never-read"
        os.mkfifo(fifo)
        holder = os.open(fifo, os.O_RDWR)  # a reader that never reads
        try:
            engines = file_engine(fifo)
            with Daemon(binaries, directory, engines, daemon='<stop drain="300ms"/>').start() as daemon:
                blast = subprocess.run(
                    [str(binaries / "trapline"), "blast", f"127.0.0.1:{daemon.port}", "--count", "5000", "--rate",
                     "20000/s", "--no-verdict"], capture_output=True, text=True, timeout=60)
                assert blast.returncode == 0, blast
                wait_until(lambda: daemon.get("traplineArrived") == 5000, "all to arrive")
                assert daemon.stop() == 0, daemon.log()
                assert "stopped" in daemon.log() and "archive" in daemon.log(), daemon.log()
                return next(line for line in daemon.log().split("\n") if "archive" in line and "left" in line)
        finally:
            os.close(holder)


def a_stop_waits_for_a_program_to_finish_and_leaves_none_behind(binaries):
    def program(directory, script):
        path = pathlib.Path(directory) / "program"
        path.write_text("#!/bin/sh\n" + script)
        path.chmod(0o755)
        return f'<program name="archive" command="{path}"><batch size="10" max-wait="20ms"/></program>'

    with temporary_directory() as directory:
        late = f"sleep 1\nexec cat > {directory}/late\n"
        with Daemon(binaries, directory, program(directory, late)).start() as daemon:
            for index in range(20):
                daemon.link_down(index + 1)
            daemon.at_rest(20)
            assert daemon.stop() == 0, daemon.log()
            assert len(daemon.lines(pathlib.Path(directory) / "late")) == 20
    with temporary_directory() as directory:
        stubborn = f"echo $$ > {directory}/pid\ntrap '' TERM\nwhile :; do sleep 1; done\n"
        with Daemon(binaries, directory, program(directory, stubborn)).start() as daemon:
            daemon.link_down()
            wait_until((pathlib.Path(directory) / "pid").exists, "the program to run")
            assert daemon.stop() == 0, daemon.log()
            pid = (pathlib.Path(directory) / "pid").read_text().strip()
            assert not pathlib.Path(f"/proc/{pid}").exists(), daemon.log()


def a_log_that_nobody_reads_costs_only_log_lines(binaries):
    with temporary_directory() as directory:
        engines = DISCARD + '<program name="poor" command="/bin/false" style="traphandle" attempts="1"/>'
        with Daemon(binaries, directory, engines, default="archive poor") as daemon:
            reader, writer = os.pipe()
            try:
                daemon.process = subprocess.Popen(
                    [str(binaries / "traplined"), "--config", str(daemon.configuration)], stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL, stderr=writer)
                os.set_blocking(writer, False)
                wait_until(lambda: b" ready: " in os.read(reader, 65536), "the daemon to be ready")
                os.set_blocking(writer, False)
                try:
                    while True:
                        os.write(writer, b"x" * 4096)  # the pipe is full now, and nobody reads it
                except BlockingIOError:
                    os.set_blocking(writer, True)
                for index in range(200):
                    daemon.link_down(index % 9 + 1)
                values = daemon.at_rest(200)
                balanced(values)
                assert values["Delivered"] == 200 and values["Missed"] == 200, values
                assert daemon.stop() == 0
            finally:
                os.close(reader)
                os.close(writer)


def usr1_writes_the_ledger_to_the_log(binaries):
    with temporary_directory() as directory, Daemon(binaries, directory, DISCARD).start() as daemon:
        daemon.link_down()
        daemon.at_rest(1)
        daemon.signal(signal.SIGUSR1)
        wait_until(lambda: "arrived 1" in daemon.log(), "the account")


# Under a real service manager


def the_units_work_under_a_real_systemd(binaries):
    tool = shared() / "tools" / "with-systemd"
    if os.geteuid() != 0 or not tool.exists():
        raise Skip("needs root and the tool that boots an isolated systemd")
    script = pathlib.Path(__file__).parent / "systemd"
    done = subprocess.run([str(tool), str(script), str(ROOT)], capture_output=True, text=True, timeout=240,
                          env={**os.environ, "BOOT_S": "200"})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip().split("\n")[-1]
