"""Metadata from an inventory file: made, checked, changed and lost while the daemon runs. Each scenario is a function
whose docstring is the demand."""

import fcntl
import ipaddress
import os
import pathlib
import pty
import re
import struct
import subprocess
import termios
import time

from daemon import balanced, temporary_directory, wait_until
from metadata_daemon import MetadataDaemon, files
from trap_sender import Sender, addresses, assert_all_in_order

SOURCES = 100_000
SENDING = 1_000


def inventory_xml(path):
    return f'<sqlite name="service" path="{path}"/>'


def tool(directory, *arguments):
    return subprocess.run([str(directory / "trapline"), "inventory", *map(str, arguments)], capture_output=True, text=True,
                          timeout=120)


def row_of(source):
    """What the CSV file says of an address: the engine by its parity, and attributes of its own."""
    number = int(ipaddress.IPv4Address(source))
    return f"{source},{'alarms' if number % 2 else 'archive'},site-{number % 997},\"Customer {number}, Ltd\"\n"


def import_sources(binaries, directory, sources, name="inventory"):
    csv = pathlib.Path(directory) / f"{name}.csv"
    csv.write_text("source,engines,site,customer\n" + "".join(map(row_of, sources)))
    path = pathlib.Path(directory) / f"{name}.db"
    done = tool(binaries, "import", csv, "--into", path)
    assert done.returncode == 0, done
    return path


def sqlite3(path, statement):
    done = subprocess.run(["sqlite3", str(path), "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; " + statement],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done


def an_inventory_of_a_hundred_thousand_sources_loads_and_resolves(binaries):
    """1,000 of them send: each trap comes to its engine, with the attributes of its own row."""
    sending = addresses(SENDING, "127.3.0.0")
    with temporary_directory() as directory:
        started = time.monotonic()
        path = import_sources(binaries, directory, addresses(SOURCES - SENDING, "10.0.0.0") + sending)
        importing = time.monotonic() - started
        check = tool(binaries, "check", path, "--engines", "alarms,archive")
        assert check.returncode == 0 and "100,000" in check.stdout, check
        started = time.monotonic()
        with MetadataDaemon(binaries, directory, inventory_xml(path), files(directory, "alarms", "archive")).start() as daemon, \
                Sender(daemon.port, sending) as sender:
            starting = time.monotonic() - started
            started = time.monotonic()
            for _ in range(3):
                sender.rounds(1)
                wait_until(lambda: daemon.arrived() == sender.total(), "all to arrive")
            values = daemon.at_rest(sender.total())
            resolving = time.monotonic() - started
            balanced(values)
            assert values["Delivered"] == 3 * SENDING and values["Unrouted"] == 0, values
            lines = []
            for name, parity in (("alarms", 1), ("archive", 0)):
                for line in daemon.lines_of(name):
                    number = int(ipaddress.IPv4Address(line["source"]))
                    wanted = {"site": f"site-{number % 997}", "customer": f"Customer {number}, Ltd"}
                    assert number % 2 == parity and line["attributes"] == wanted, (name, line)
                    lines.append(line)
            assert_all_in_order(lines, sender)
        return (f"import {importing:.1f} s, start {starting:.2f} s, {3 * SENDING} traps of {SENDING} unknown sources "
                f"in {resolving:.2f} s")


def a_change_in_the_inventory_takes_effect_without_a_restart(binaries):
    """A row that another process writes, then another file renamed over it; in between no trap is lost."""
    (source,) = addresses(1)
    with temporary_directory() as directory:
        path = import_sources(binaries, directory, [source])
        engines = files(directory, "alarms", "archive", "third")
        with MetadataDaemon(binaries, directory, inventory_xml(path), engines).start() as daemon, \
                Sender(daemon.port, [source]) as sender:
            def comes_to(name):
                sender.send(source)
                return len(daemon.lines_of(name)) > 0

            wait_until(lambda: comes_to("alarms"), "the first engine")
            sqlite3(path, "UPDATE routes SET engines = 'archive'; UPDATE attributes SET value = 'new' WHERE name = 'site'")
            written = time.monotonic()
            wait_until(lambda: comes_to("archive"), "the row that was written")
            noticed = [time.monotonic() - written]
            (line, *_) = daemon.lines_of("archive")
            assert line["attributes"]["site"] == "new", line
            csv = pathlib.Path(directory) / "other.csv"
            csv.write_text(f"source,engines\n{source},third\n")
            other = pathlib.Path(directory) / "other.db"
            assert tool(binaries, "import", csv, "--into", other).returncode == 0
            other.rename(path)
            renamed = time.monotonic()
            wait_until(lambda: comes_to("third"), "the file that was renamed")
            noticed.append(time.monotonic() - renamed)
            values = daemon.at_rest(sender.total())
            balanced(values)
            assert values["Delivered"] == sender.total(), values
            lines = [line for name in ("alarms", "archive", "third") for line in daemon.lines_of(name)]
            assert_all_in_order(sorted(lines, key=lambda line: line["sequence"]), sender)
            assert max(noticed) < 10, noticed
            return f"a row after {noticed[0]:.2f} s, a file after {noticed[1]:.2f} s"


def lost_inventory(binaries, spoil, text):
    """A file that is not there, or spoilt, at the start: the daemon starts, says so, and traps fall to <unanswered>; once
    the file is there they come with what it says."""
    (source,) = addresses(1)
    more = ('<requests timeout="200ms" attempts="2" backoff="50ms" max-wait="5ms"/><cache negative-ttl="500ms"/>'
            '<unanswered engines="archive"><attribute name="metadata" value="none"/></unanswered>')
    with temporary_directory() as directory:
        path = import_sources(binaries, directory, [source])
        good = path.with_name("good.db")
        path.rename(good)
        spoil(path, good)
        engines = files(directory, "alarms", "archive")
        with MetadataDaemon(binaries, directory, inventory_xml(path) + more, engines).start() as daemon, \
                Sender(daemon.port, [source]) as sender:
            sender.send(source, 5)
            lines = daemon.wait_for("archive", 5)
            assert all(line["attributes"] == {"metadata": "none"} for line in lines), lines
            complaint = [line for line in daemon.log().split("\n") if str(path) in line]
            assert complaint and any(re.search(text, line) for line in complaint), daemon.log()
            assert len(complaint) <= 2, "a line when it goes, not one a try: " + daemon.log()
            os.replace(good, path)
            back = time.monotonic()

            def comes():
                sender.send(source)
                return daemon.lines_of("alarms")
            wait_until(comes, "the file that is back")
            assert f"{path} answers again" in daemon.log(), daemon.log()
            waited = time.monotonic() - back
            values = daemon.at_rest(sender.total())
            balanced(values)
            assert values["Delivered"] == sender.total() and values["Unrouted"] == 0, values
            lines = daemon.lines_of("archive") + daemon.lines_of("alarms")
            assert_all_in_order(sorted(lines, key=lambda line: line["sequence"]), sender)
            assert daemon.lines_of("alarms")[0]["attributes"]["site"] == row_of(source).split(",")[2]
            assert daemon.circuit() == "closed", daemon.view()
            return f"{complaint[0].split('Z', 1)[-1].strip()} — back after {waited:.2f} s"


def an_inventory_that_is_missing_is_named_and_its_traps_are_not_lost(binaries):
    return lost_inventory(binaries, lambda path, good: None, "No such file or directory; create it with")


def an_inventory_that_is_corrupt_is_named_and_its_traps_are_not_lost(binaries):
    def spoil(path, good):
        octets = bytearray(good.read_bytes())
        octets[100:] = os.urandom(len(octets) - 100)
        path.write_bytes(octets)
        path.chmod(0o640)
    return lost_inventory(binaries, spoil, "malformed|not a database")


def an_inventory_that_goes_away_serves_on_from_the_cache(binaries):
    """With a short ttl and no file, a source that is known goes on; what is unknown waits, and comes when it is back."""
    known, new = addresses(2)
    more = ('<requests timeout="300ms" attempts="50" backoff="50ms" max-wait="5ms"/>'
            '<cache ttl="1s" refresh-ahead="0s"/>')
    with temporary_directory() as directory:
        path = import_sources(binaries, directory, [known, new])
        aside = path.with_name("aside.db")
        engines = files(directory, "alarms", "archive")
        with MetadataDaemon(binaries, directory, inventory_xml(path) + more, engines).start() as daemon, \
                Sender(daemon.port, [known, new]) as sender:
            sender.send(known)
            daemon.wait_for("alarms", 1)
            path.rename(aside)
            wait_until(lambda: str(path) in daemon.log(), "the daemon to miss its file")
            sender.send(new, 3)
            wait_until(lambda: daemon.circuit() != "closed", "the circuit to open")
            wait_until(lambda: daemon.explain(known)["state"] == "stale", "the entry to be over")
            sender.send(known, 5)
            daemon.wait_for("alarms", 6)
            assert not daemon.lines_of("archive"), daemon.lines_of("archive")
            aside.rename(path)
            daemon.wait_for("archive", 3)
            values = daemon.at_rest(sender.total())
            balanced(values)
            assert values["Delivered"] == sender.total(), values
            assert_all_in_order(daemon.lines_of("alarms") + daemon.lines_of("archive"), sender)


def on_a_terminal(*command, columns=100, rows=24):
    """What the command writes to a terminal of that size, and its exit status."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    process = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=slave, stderr=slave)
    os.close(slave)
    octets = b""
    try:
        while chunk := os.read(master, 65536):
            octets += chunk
    except OSError:
        pass  # so says Linux when the other side is closed
    os.close(master)
    return octets.decode(), process.wait(timeout=120)


def an_import_and_a_check_show_how_far_they_are(binaries):
    """A bar on a terminal, gone at the end; lines where there is none; nothing of it among the data."""
    with temporary_directory() as directory:
        csv, path = pathlib.Path(directory) / "many.csv", pathlib.Path(directory) / "many.db"
        csv.write_text("source,engines,site,customer\n" + "".join(map(row_of, addresses(20_000, "10.0.0.0"))))
        shown = {}
        for steps, command in ((("reading", "writing"), ["import", csv, "--into", path]), (("checking",), ["check", path])):
            text, status = on_a_terminal(binaries / "trapline", "inventory", *command)
            assert status == 0, text
            for step in steps:
                percents = [int(percent) for percent in re.findall(rf"[█░]{{40}} {step} (\d+) %", text)]
                assert len(percents) > 5 and percents == sorted(set(percents)) and percents[-1] <= 100, (step, percents)
                shown[step] = len(percents)
            last = text[text.rindex("%") + 1:]
            assert last.startswith("\r\x1b[K") and "20,000" in last, last
        done = tool(binaries, "check", path, "--json")
        assert re.findall(r"inventory: checking, (\d+) %", done.stderr) and done.stdout.count("\n") == 1, done
        return ", ".join(f"{step} {count} times" for step, count in shown.items())


def a_file_without_rows_empties_no_inventory(binaries):
    """A CSV file of a header alone is refused with the line and what to do; also with --replace nothing is removed."""
    with temporary_directory() as directory:
        path = import_sources(binaries, directory, ["10.0.0.1"])
        csv = pathlib.Path(directory) / "empty.csv"
        csv.write_text("source,engines\n")
        for more in ([], ["--replace"], ["--replace", "--keep-going"]):
            done = tool(binaries, "import", csv, "--into", path, *more)
            assert done.returncode == 1 and "empty.csv:1: no row follows" in done.stderr, done
            assert tool(binaries, "show", path, "10.0.0.1").returncode == 0, more


def bad_rows_of_an_inventory_are_named_by_line(binaries):
    """One bad row stops the import, and each is named with its line and column; --keep-going takes the good ones."""
    rows = ["source,engines,trap,version,ttl,site", "10.0.0.1,archive,,,,LHR2", "10.0.0.300,archive,,,,LHR2",
            "10.0.0.2,archive,linkDown,,,LHR2", "10.1.0.1/16,archive,,,,LHR2", '10.0.0.3,archive,,,,"two\nlines"',
            "10.0.0.4,archive,,4,,LHR2", "10.0.0.5,archive,,,5 minutes,LHR2", "10.0.0.6,archive,,,5m,LHR2"]
    bad = {3: "source", 4: "trap", 5: "source", 8: "version", 9: "ttl"}
    with temporary_directory() as directory:
        csv, path = pathlib.Path(directory) / "bad.csv", pathlib.Path(directory) / "bad.db"
        csv.write_text("\n".join(rows) + "\n")
        done = tool(binaries, "import", csv, "--into", path)
        text = done.stdout + done.stderr
        assert done.returncode == 1, done
        named = {int(line): column for line, column in re.findall(r"bad\.csv:(\d+): (\w+):", text)}
        assert named == bad, (named, text)
        assert not path.exists() or "10.0.0.1" not in tool(binaries, "show", path, "10.0.0.1").stdout, "nothing is written"
        done = tool(binaries, "import", csv, "--into", path, "--keep-going")
        assert done.returncode == 1, done
        for source, found in (("10.0.0.1", True), ("10.0.0.3", True), ("10.0.0.6", True), ("10.0.0.2", False)):
            shown = tool(binaries, "show", path, source)
            assert (shown.returncode == 0) == found, (source, shown)
        assert tool(binaries, "check", path, "--engines", "archive").returncode == 0
        check = tool(binaries, "check", path, "--engines", "alarms")
        assert check.returncode == 1 and "archive" in check.stdout + check.stderr, check
        return f"{len(bad)} bad rows of {len(rows) - 1} named"
