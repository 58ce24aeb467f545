# Trapline. `make run` and `make test` are all that a newcomer needs; both install the Debian packages that are missing.

PREFIX  ?= /usr
DESTDIR ?=
SYSCONF ?= /etc
UNITS   ?= /lib/systemd/system

# To build: Net-SNMP (agent), libsystemd (notify, watchdog, sockets), libxml2 (configuration), libcurl
# (HTTP out), SQLite (inventory), libcrypto (SNMPv3).
BUILD_PACKAGES = libsnmp-dev libsystemd-dev libxml2-dev libcurl4-openssl-dev libsqlite3-dev libssl-dev \
  pkg-config
# To test: real senders (pysnmp 7 comes from PyPI by pip), managers and masters, the MIB and schema checkers.
TEST_PACKAGES  = $(BUILD_PACKAGES) snmp snmpd snmptrapd smitools libxml2-utils python3 python3-pip python3-pysnmp4 \
  python3-prometheus-client python3-jsonschema python3-yaml golang-go golang-github-gosnmp-gosnmp-dev sqlite3 curl \
  openssl valgrind strace iproute2 procps systemd util-linux
# To draw what the benchmarks measure.
BENCH_PACKAGES = $(TEST_PACKAGES) gnuplot-nox

# Material that is not ours to ship: traps collected elsewhere (corpus/) and the IETF's MIB modules (mibs/). Tests and
# gates that want it skip where the directory is absent.
TRAPLINE_SHARED ?= $(abspath ../shared)
export TRAPLINE_SHARED

SWIFT ?= swift
# The runtime is linked in, so that an installed daemon needs no Swift toolchain on its machine.
RELEASE = $(SWIFT) build -c release --static-swift-stdlib
BIN     = .build/release

.PHONY: build run test check mutants bench instructions install uninstall packages-build packages-test packages-bench clean

build: packages-build
	$(RELEASE) --product traplined
	$(RELEASE) --product trapline

run: build
	@echo "Runs in the foreground with the built-in configuration; Ctrl-C stops it." >&2
	@exec $(BIN)/traplined

# Siblings may not import siblings: the flag makes an undeclared import an error instead of a race.
test: packages-test
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	SWIFT='$(SWIFT)' .ci/unit-tests
	$(RELEASE) --product traplined
	$(RELEASE) --product trapline
	Tests/Acceptance/run $(BIN)

check: packages-test
	.ci/gates

# Breaks the code on purpose, one defect at a time, and sees the tests fail.
mutants: packages-test
	Tests/Mutants/run

# Twenty minutes; BENCHFLAGS=--quick is a smoke run of two. All figures are taken; the exit status says whether all
# that are demanded were reached.
bench: packages-bench build
	$(RELEASE) --product TrapBench
	$(RELEASE) --product AgentTables
	@failed=0; for figure in run push engines security sources monitor neighbours latency agent; do \
	  echo; echo "== Benchmarks/$$figure $(BENCHFLAGS)"; Benchmarks/$$figure $(BENCHFLAGS) || failed=1; done; exit $$failed

# Counted, so the same on every machine: what attached engines, sources that are counted, many SNMPv3 users and engines
# cost a trap, and what thresholds cost an update of a gauge.
instructions: packages-test
	$(RELEASE) --product TrapBench
	Benchmarks/engines $(BENCHFLAGS)
	Benchmarks/sources $(BENCHFLAGS)
	Benchmarks/security $(BENCHFLAGS) instructions
	Benchmarks/monitor $(BENCHFLAGS)
	Benchmarks/latency $(BENCHFLAGS)

packages-build:
	@.ci/packages $(BUILD_PACKAGES)

packages-test:
	@.ci/packages $(TEST_PACKAGES)

packages-bench:
	@.ci/packages $(BENCH_PACKAGES)

# INSTALL_PLACED,FROM,TO: a text that names installed files, with the places that they have here. By way of a file of
# its own: a redirection would hide sed's failure and leave the mode to the umask.
define INSTALL_PLACED
{ placed=$$(mktemp) && sed -e 's,/usr/sbin/traplined,$(PREFIX)/sbin/traplined,g' \
  -e 's,/usr/share/,$(PREFIX)/share/,g' -e 's,/etc/trapline,$(SYSCONF)/trapline,g' $(1) > $$placed \
  && install -m 644 $$placed $(2) && rm -f $$placed; }
endef

install:
	@test -x $(BIN)/traplined || { echo "make install: nothing is built yet; run 'make build' first" >&2; exit 1; }
	install -d $(DESTDIR)$(PREFIX)/sbin $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(SYSCONF)/trapline $(DESTDIR)$(UNITS) \
	  $(DESTDIR)$(PREFIX)/share/snmp/mibs $(DESTDIR)$(PREFIX)/share/trapline $(DESTDIR)$(PREFIX)/lib/sysusers.d \
	  $(DESTDIR)$(PREFIX)/lib/tmpfiles.d $(DESTDIR)$(PREFIX)/lib/sysctl.d \
	  $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man8 $(DESTDIR)$(PREFIX)/share/man/man5 \
	  $(DESTDIR)$(PREFIX)/share/doc/trapline
	install -m 755 $(BIN)/traplined $(DESTDIR)$(PREFIX)/sbin/traplined
	install -m 755 $(BIN)/trapline $(DESTDIR)$(PREFIX)/bin/trapline
	test -e $(DESTDIR)$(SYSCONF)/trapline/trapline.xml || \
	  install -m 640 Config/trapline.production.xml $(DESTDIR)$(SYSCONF)/trapline/trapline.xml
	install -m 644 Config/trapline.xsd Config/trapline.xml Config/trapline.production.xml Config/inventory.sql \
	  Config/schemas/metadata-request.schema.json Config/schemas/metadata-response.schema.json \
	  Documentation/openapi.yaml Config/prometheus/trapline.rules.yml $(DESTDIR)$(PREFIX)/share/trapline/
	install -m 644 Config/mibs/TRAPLINE-MIB.txt $(DESTDIR)$(PREFIX)/share/snmp/mibs/
	for unit in systemd/*.service systemd/*.socket; do \
	  $(call INSTALL_PLACED,$$unit,$(DESTDIR)$(UNITS)/$${unit##*/}) || exit 1; done
	install -m 644 systemd/trapline.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/trapline.conf
	$(call INSTALL_PLACED,systemd/trapline.tmpfiles,$(DESTDIR)$(PREFIX)/lib/tmpfiles.d/trapline.conf)
	install -m 644 systemd/trapline.sysctl $(DESTDIR)$(PREFIX)/lib/sysctl.d/50-trapline.conf
	for page in Documentation/man/*.[158]; do \
	  $(call INSTALL_PLACED,$$page,$(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}) || exit 1; done
	install -m 644 Documentation/*.md $(DESTDIR)$(PREFIX)/share/doc/trapline/
	@test $(PREFIX) = /usr || echo "Net-SNMP's tools find TRAPLINE-MIB with: export MIBDIRS=+$(PREFIX)/share/snmp/mibs" \
	  "(or snmpwalk -M +$(PREFIX)/share/snmp/mibs)"
	@test -n "$(DESTDIR)" || echo "Now: systemd-sysusers && systemd-tmpfiles --create && systemctl daemon-reload && systemctl enable --now traplined.socket traplined.service"

# The configuration and the state stay: they are the operator's.
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/sbin/traplined $(DESTDIR)$(PREFIX)/bin/trapline \
	  $(DESTDIR)$(UNITS)/traplined.service $(DESTDIR)$(UNITS)/traplined.socket \
	  $(DESTDIR)$(UNITS)/traplined-program@.service $(DESTDIR)$(UNITS)/traplined-program.socket \
	  $(DESTDIR)$(PREFIX)/share/snmp/mibs/TRAPLINE-MIB.txt $(DESTDIR)$(PREFIX)/lib/sysusers.d/trapline.conf \
	  $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/trapline.conf $(DESTDIR)$(PREFIX)/lib/sysctl.d/50-trapline.conf
	for page in Documentation/man/*.[158]; do \
	  rm -f $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$$(basename $$page); done
	rm -rf $(DESTDIR)$(PREFIX)/share/trapline $(DESTDIR)$(PREFIX)/share/doc/trapline

clean:
	rm -rf .build Benchmarks/sink
