internal import ArgumentParser
internal import Foundation

struct BlastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blast",
    abstract: "Send traps, many and fast, and prove that each one is accounted for.",
    discussion: """
      Sends numbered SNMP traps, then reads the daemon's ledger until it is at rest, and says what became of them. \
      The exit status is 0 where every trap is accounted for, 1 where one is not. Where there is no ledger to judge by, \
      nothing is sent, unless --no-verdict says that none is wanted.

      Each trap tells its number among those of its source, its number in the run, and the run, as variable bindings \
      below \(BlastOID.text(BlastOID.root)), so that 'trapline verify' can check what came out at the far end.

        trapline blast                                100,000 traps, 10,000/s
        trapline blast --rate full --count 1000000    as fast as it goes
        trapline blast --sources 1000 --version 1     SNMPv1, more addresses
        trapline blast --duration 60s --rate 20000/s  for a minute
        trapline blast 192.0.2.9:162 --no-verdict     another machine
      """)

  @Argument(help: "ADDRESS:PORT to send to. Nothing but loopback is sent to unless it is named here.")
  var target = BlastTarget.standard
  @Option(help: "Traps to send. Default: 100000, or no bound where --duration is given.")
  var count: UInt64?
  @Option(help: "Send for this long: 500ms, 30s, 5m.")
  var duration: TimeSpan?
  @Option(help: "Traps a second, or 'full'.")
  var rate = SendingRate.perSecond(10_000)
  @Option(help: "Send from this many addresses of 127.0.0.0/8. Default: 100 to 127.0.0.0/8, else 1.")
  var sources: Int?
  @Option(name: .customLong("version"), help: "SNMP version: 1 or 2c.")
  var snmpVersion = "2c"
  @Option(help: "The community.")
  var community = "public"
  @Option(help: "Variable bindings besides sysUpTime.0 and snmpTrapOID.0, at least 3.")
  var varbinds = 7
  @Option(help: "Pad each message to at least this many octets.")
  var size = 0
  @OptionGroup(title: "Verdict") var ledger: LedgerOptions
  @Option(help: "How long to wait for the ledger to come to rest.")
  var settle = TimeSpan(seconds: 30)
  @Flag(help: "Only send; judge nothing.")
  var noVerdict = false
  @Flag(help: "Print one JSON object in place of the table.")
  var json = false

  func validate() throws {
    guard snmpVersion == "1" || snmpVersion == "2c" else { throw ValidationError("--version is 1 or 2c.") }
    guard (3...200).contains(varbinds) else { throw ValidationError("--varbinds is 3 to 200.") }
    guard (0...8000).contains(size) else { throw ValidationError("--size is at most 8000 octets.") }
    guard count ?? 0 <= plan.shape.numberMax else {
      throw ValidationError("An SNMPv1 trap can tell numbers up to \(UInt32.max).")
    }
    guard community.utf8.count <= 255 else { throw ValidationError("--community is at most 255 octets.") }
    if let sources {
      guard (1...1_000_000).contains(sources) else { throw ValidationError("--sources is 1 to 1000000.") }
      guard sources == 1 || target.isIPv4Loopback else {
        throw ValidationError(
          "--sources needs a target in 127.0.0.0/8: elsewhere the traps would carry false addresses.")
      }
    }
    let longest = TrapTemplate(plan.shape, sequenceWidth: 9, sourceSequenceWidth: 9).octets.count
    guard longest <= BlastSocket.messageMax else {
      throw ValidationError("A trap would be \(longest) octets long; \(BlastSocket.messageMax) is the most.")
    }
  }

  func run() throws {
    let source = noVerdict ? nil : try ledger.sourceForVerdict()
    // Before the first trap leaves: whoever wants the proof must not find out afterwards that there is none.
    if source == nil, !noVerdict { throw BlastError.noLedger(looked: StateDirectory.candidates) }
    let before = try source.map { try $0.read() }
    StandardError.print("blast: sending to \(target) (\(plan.sources.count) source addresses)")
    var blaster = try Blaster(plan)
    let expected = plan.count
    try blaster.run { progress($0, of: expected) }
    progress(blaster.tally, of: expected)
    guard let source, let before else {
      return try report(BlastReport(blaster.tally, verdict: nil))
    }
    let watch = LedgerWatch(source: source, limit: settle.nanoseconds)
    let (after, took) = try watch.settle(arrivedAtLeast: before.totals.arrived + blaster.tally.sent)
    guard after.isSameRun(as: before) else { throw BlastError.restarted }
    let verdict = BlastVerdict(sent: blaster.tally.sent, before: before, after: after, settled: took)
    try report(BlastReport(blaster.tally, verdict: verdict))
    if !verdict.isClean { throw ExitCode(1) }
  }

  private var plan: BlastPlan {
    let addresses = sources ?? (target.isIPv4Loopback ? 100 : 1)
    let run = UInt32(truncatingIfNeeded: BlastClock.wall() / 1_000_000_000)
    return BlastPlan(
      target: target, sources: target.isIPv4Loopback ? BlastPlan.loopbackSources(addresses) : [0],
      count: count ?? (duration == nil ? 100_000 : nil), duration: duration?.nanoseconds, rate: rate,
      shape: TrapTemplate.Shape(
        version: snmpVersion == "1" ? .v1 : .v2c, community: community, varbinds: varbinds, size: size, run: run))
  }

  private func progress(_ tally: BlastTally, of expected: UInt64?) {
    let share = expected.map { ", \(tally.sent * 100 / max($0, 1)) %" } ?? ""
    StandardError.print("blast: \(Digits.grouped(tally.sent)) sent, \(Digits.grouped(Int(tally.rate)))/s\(share)")
  }

  private func report(_ report: BlastReport) throws {
    print(json ? try JSONText.line(report) : report.lines.joined(separator: "\n"))
  }
}
