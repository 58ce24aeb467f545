"""Thresholds of a running daemon: what is logged, who is notified, which program runs; and that nothing is told twice."""

import os
import pathlib
import re
import signal
import subprocess

from api_daemon import DISCARD, APIDaemon
from daemon import PATIENCE, temporary_directory, wait_until
from forward_scenarios import AUTH_SECRET, PRIV_SECRET, USER, Trapd, local_engine_id
from traps import trap

ROOT = "1.3.6.1.4.1.8072.9999.9999.162"
RAISED = {"minor": f".{ROOT}.0.1", "major": f".{ROOT}.0.2"}
CLEARED = f".{ROOT}.0.3"
LAG = """<gauge name="engine.lag.traps" item="{item}"><statistic type="absolute">
  <threshold type="above-with-cancel" value="{value}" clear="{clear}" severity="major" action="{action}"/>
</statistic></gauge>"""


class MonitorDaemon(APIDaemon):
    """`monitor` is what stands inside `<monitor>`."""

    monitor = ""

    def write(self, engines):
        os.environ.update(FORWARD_AUTH=AUTH_SECRET, FORWARD_PRIV=PRIV_SECRET, FORWARD_COMMUNITY="onward")
        self.security = f"<security>{USER}</security>"
        super().write(engines)
        text = self.configuration.read_text()
        self.configuration.write_text(
            text.replace("</trapline>", f'<monitor defaults="off">{self.monitor}</monitor></trapline>'))

    def rewrite(self, engines, monitor):
        self.monitor = monitor
        self.write(engines)
        return self

    def told(self, what, count=1):
        """The log's lines of thresholds that hold this text, once there are so many."""
        def read():
            found = [line for line in self.log().splitlines() if "threshold" in line and what in line]
            return found if len(found) >= count else None
        return wait_until(read, f"{count} lines with {what!r}")


def manager(name, port, attributes='community="env:FORWARD_COMMUNITY"'):
    return f'<manager name="{name}" address="udp:127.0.0.1:{port}" {attributes}/>'


def notifications(lines):
    return [re.search(r"\.1\.3\.6\.1\.6\.3\.1\.1\.4\.1\.0 = OID: (\S+)", line[-1]).group(1) for line in lines]


def an_engine_that_stops_raises_its_lag_and_its_recovery_clears_it(binaries):
    with temporary_directory() as path:
        pid, ran = pathlib.Path(path) / "pid", pathlib.Path(path) / "ran"
        reader = f"echo $$ > {pid}; exec cat > /dev/null"
        engine = (f'<program name="archive"><argument>/bin/sh</argument><argument>-c</argument>'
                  f'<argument>{reader.replace(">", "&gt;")}</argument><batch size="50" max-wait="10ms"/></program>')
        noted = f'echo "$TRAPLINE_EVENT $TRAPLINE_SEVERITY $TRAPLINE_ITEM" >> {ran}'
        program = ('<program name="note"><argument>/bin/sh</argument><argument>-c</argument>'
                   f'<argument>{noted.replace(">", "&gt;")}</argument></program>')
        with MonitorDaemon(binaries, path, engine).start() as daemon:
            engine_id = local_engine_id(daemon)
            assert daemon.stop() == 0, daemon.log()
            with Trapd(path, engine_id) as trapd:
                managers = "".join([
                    manager("v2c", trapd.port), manager("v3", trapd.port, 'version="3" user="noc"'),
                    manager("informed", trapd.port, 'pdu="inform" community="env:FORWARD_COMMUNITY"'),
                    manager("v3-informed", trapd.port, 'version="3" pdu="inform" user="noc"')])
                lag = LAG.format(item="*", value=300, clear=50, action="log notify note")
                daemon.rewrite(engine, managers + program + lag).start()
                daemon.traps(range(1))
                wait_until(lambda: pid.exists() and pid.read_text().strip(), "the engine's program")
                reader = int(pid.read_text())
                os.kill(reader, signal.SIGSTOP)
                try:
                    # Its pipe takes the first 64 KiB.
                    daemon.traps(range(1, 1500))
                    raised = daemon.told("reached 300 traps")
                    assert "major threshold 1: engine.lag.traps of archive: absolute" in raised[0], raised
                    assert "error:" in raised[0] and "; since 20" in raised[0], raised
                    first = trapd.lines(4)
                    assert notifications(first) == [RAISED["major"]] * 4, first
                    wait_until(lambda: ran.exists() and ran.read_text() == "raise major archive\n", "the program")
                finally:
                    os.kill(reader, signal.SIGCONT)
                daemon.told("came back to 50 traps")
                try:
                    lines = trapd.lines(8)
                except AssertionError as reason:
                    raise AssertionError(f"{reason}: {daemon.log()} {trapd.text()}") from None
                assert notifications(lines[4:]) == [CLEARED] * 4, lines
                kinds = sorted(",".join(line[0].split(",")[:2]) for line in lines)
                assert [kinds[place] for place in (0, 2, 4, 6)] == [
                    "INFORM, SNMP v2c", "INFORM, SNMP v3", "TRAP2, SNMP v2c", "TRAP2, SNMP v3"], kinds
                wait_until(lambda: ran.read_text() == "raise major archive\nclear major archive\n", "the program")
                daemon.settled()
                assert len(daemon.told("major threshold")) == 2, daemon.log()
                assert len(trapd.lines()) == 8, "something came twice"
                assert daemon.stop() == 0, daemon.log()
                return f"{len(lines)} notifications, 2 runs of a program"


def a_raise_and_a_clear_between_two_polls_are_both_reported(binaries):
    with temporary_directory() as path, Trapd(path) as trapd:
        daemon = MonitorDaemon(binaries, path, DISCARD)
        lag = LAG.format(item="archive", value=1, clear=0, action="log notify")
        with daemon.rewrite(DISCARD, manager("nms", trapd.port) + lag).start():
            # One trap is queued and gone within a moment; nobody asks for anything meanwhile.
            daemon.send([trap(1)])
            daemon.sent = 1
            assert notifications(trapd.lines(2)) == [RAISED["major"], CLEARED], trapd.lines()
            log = daemon.told("threshold", 2)
            assert "reached 1 traps" in log[0] and "came back to 0 traps" in log[1], log
            daemon.settled()
            assert daemon.stop() == 0, daemon.log()
            return "one trap"


def one_above_and_one_below_again_and_again_is_one_raise(binaries):
    with temporary_directory() as path:
        daemon = MonitorDaemon(binaries, path, DISCARD)
        with daemon.rewrite(DISCARD, LAG.format(item="slow", value=10, clear=5, action="log")).start():
            engine = daemon.register("slow", batch={"size": 1, "maxWait": "0ms"})
            daemon.traps(range(10))
            daemon.told("reached 10 traps")
            for number in range(10, 40):
                # 10, 9, 10, 9 …: in place of what is fetched and acknowledged comes another.
                taken = engine.take(wait="10s")
                assert taken and engine.acknowledge(taken).status == 204, taken
                daemon.traps([number])
            assert len(daemon.told("threshold")) == 1, daemon.log()
            while taken := engine.take(wait="100ms"):
                assert engine.acknowledge(taken).status == 204, taken
            daemon.told("came back to 5 traps")
            daemon.settled()
            assert len(daemon.told("threshold")) == 2, daemon.log()
            assert daemon.stop() == 0, daemon.log()
            return "30 rounds, one raise, one clear"


def a_reload_adds_a_threshold_and_leaves_the_others_as_they_were(binaries):
    with temporary_directory() as path, Trapd(path) as trapd:
        daemon = MonitorDaemon(binaries, path, DISCARD)
        memory = '<gauge name="memory.bytes"><statistic type="absolute"><threshold type="above-with-cancel" value="1KiB"/></statistic></gauge>'
        sources = LAG.format(item="archive", value=1, clear=0, action="log notify")
        with daemon.rewrite(DISCARD, memory).start():
            daemon.told("memory.bytes: absolute")
            daemon.rewrite(DISCARD, manager("nms", trapd.port) + memory + sources).hang_up()
            assert "monitor changed" in daemon.log(), daemon.log()
            daemon.traps([1])
            assert notifications(trapd.lines(2)) == [RAISED["major"], CLEARED], trapd.lines()
            # What cannot be taken changes nothing: the mistake is named, and the threshold is still there.
            daemon.rewrite(DISCARD, manager("nms", daemon.port)).hang_up("not reloaded")
            assert "a notification to itself" in daemon.log(), daemon.log()
            daemon.traps([2])
            assert notifications(trapd.lines(4))[2:] == [RAISED["major"], CLEARED], trapd.lines()
            assert len(daemon.told("memory.bytes")) == 1, "a threshold that stayed was told again"
            daemon.rewrite(DISCARD, "").hang_up()
            daemon.told("memory.bytes: absolute", 2)
            assert "taken out of the configuration" in daemon.told("memory.bytes", 2)[1], daemon.log()
            daemon.settled()
            assert daemon.stop() == 0, daemon.log()
            return "one added, one kept, one refused, all removed"


def a_configuration_that_notifies_itself_is_refused(binaries):
    with temporary_directory() as path:
        daemon = MonitorDaemon(binaries, path, DISCARD)
        daemon.rewrite(DISCARD, manager("self", daemon.port))
        done = subprocess.run([str(daemon.binaries / "traplined"), "--check", "--config", str(daemon.configuration)],
                              capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 78 and "a notification to itself" in done.stderr, done
        return done.stderr.strip().split(": ", 1)[1]
