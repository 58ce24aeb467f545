import Foundation
import Logging
import Testing
import TrapLedger

@testable import TrapObservation
@testable import TrapService

@Suite("What is done when a threshold is reached")
struct MonitorActionsTests {
  static func event(_ index: UInt32, raise: Bool = true, severity: ThresholdSeverity = .minor) -> ThresholdEvent {
    ThresholdEvent(
      index: index, gauge: .engineLagBytes, item: "archive", statistic: "absolute", kind: .aboveWithCancel,
      severity: severity, isRaise: raise, reason: .value, value: raise ? 70 << 20 : 40 << 20,
      thresholdValue: raise ? 64 << 20 : 48 << 20, time: 1_796_030_788_000_000_000, changes: 1,
      actions: ["log", "note"])
  }

  @Test("The line says gauge, item, statistic, value, threshold and since when; its level says how grave it is")
  func line() {
    let raise = Self.event(7)
    #expect(
      MonitorActions.line(raise, since: raise.time)
        == "minor threshold 7: engine.lag.bytes of archive: absolute 70MiB reached 64MiB; since 2026-11-30T09:26:28Z")
    let clear = Self.event(7, raise: false)
    #expect(
      MonitorActions.line(clear, since: raise.time)
        == "minor threshold cleared 7: engine.lag.bytes of archive: absolute 40MiB came back to 48MiB; "
        + "it was raised 2026-11-30T09:26:28Z")
    #expect(MonitorActions.level(of: raise) == .warning)
    #expect(MonitorActions.level(of: Self.event(7, severity: .major)) == .error)
    #expect(MonitorActions.level(of: clear) == .notice)
  }

  @Test("A program is run once for each event, in order, with the event as JSON and in its environment")
  func program() throws {
    let directory = try TemporaryFolder()
    let file = directory.path + "/out"
    let words = "$TRAPLINE_EVENT $TRAPLINE_GAUGE $TRAPLINE_ITEM $TRAPLINE_VALUE $line"
    let script = "read -r line; echo \"\(words)\" >> \(file)"
    let settings = Configuration.MonitorProgram(name: "note", command: ["/bin/sh", "-c", script])
    let action = try ProgramAction.start(settings, daemon: "noc\"east", log: Logger(label: "action"))
    for index in 0..<20 { action.put(Self.event(UInt32(index), raise: index % 2 == 0)) }
    action.end(grace: 60_000_000_000)
    action.join()
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 20)
    for (index, line) in lines.enumerated() {
      let word = index % 2 == 0 ? "raise" : "clear"
      #expect(line.hasPrefix("\(word) engine.lag.bytes archive \(index % 2 == 0 ? 70 << 20 : 40 << 20) {"))
      let json = try #require(line.firstIndex(of: "{"))
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line[json...].utf8)) as? [String: Any])
      #expect(object["index"] as? Int == index && object["event"] as? String == word)
      #expect(object["daemon"] as? String == "noc\"east")
      #expect(object["time"] as? String == "2026-11-30T09:26:28Z" && object["unit"] as? String == "bytes")
    }
  }

  @Test("A program that does not end is killed, and the daemon's stop does not wait for it")
  func hung() throws {
    let settings = Configuration.MonitorProgram(name: "note", command: ["/bin/sleep", "1000000"])
    let action = try ProgramAction.start(settings, daemon: "d", log: Logger(label: "action"))
    action.put(Self.event(1))
    action.end(grace: 0)
    action.join()
    var short = Configuration.MonitorProgram(name: "note", command: ["/bin/sleep", "1000000"])
    short.timeout = 100_000_000
    let other = try ProgramAction.start(short, daemon: "d", log: Logger(label: "action"))
    for index in 0..<3 { other.put(Self.event(UInt32(index))) }
    other.end(grace: 3_600_000_000_000)
    other.join()
    #expect(other.dropped == 0)
  }

  @Test("What the configuration says is what the monitor is told")
  func rules() throws {
    let path = ConfigurationFixture.goldens.appending(path: "valid/monitor.xml").path
    let monitor = try ConfigurationFixture.read(path).configuration.monitor
    let rules = monitor.gauges.map { GaugeRule($0) }
    #expect(rules.allSatisfy { $0.mistakes.isEmpty }, "\(rules.map(\.mistakes))")
    #expect(rules[0].items == .item("archive") && rules[1].items == .each && rules[2].items == .total)
    let major = rules[0].statistics[1].thresholds[0]
    #expect(major.kind == .aboveWithCancel && major.value == .value(64 << 20) && major.clear == .value(48 << 20))
    #expect(major.severity == .major && major.holdTime == 5_000_000_000 && major.minimumInterval == 30_000_000_000)
    #expect(major.startup == .ignore && major.actions == ["page"])
    #expect(rules[0].statistics[1].thresholds[1].value == .percent(75))
    #expect(rules[1].statistics[0].kind == .rate(period: 1_500_000_000))
    #expect(rules[1].statistics[0].thresholds[0].value == .value(-3 << 20))
    #expect(rules[2].statistics[0].kind == .leakyBucket(drain: 64 << 20, period: 1_000_000_000))
    #expect(rules[2].statistics[0].thresholds[0].value == .value((1 << 30) / 100 * 90 + 21))
  }

  @Test("What ships is watched where nothing is written, logged, and told to managers where there are any")
  func defaults() throws {
    let bare = try ConfigurationFixture.parse(ConfigurationFixture.xml()).configuration.monitor
    #expect(
      bare.gauges.map(\.name)
        == [.memoryBytes, .engineLagBytes, .listenerKernelDrops, .metadataDown, .engineDeadLetters])
    let thresholds = bare.gauges.flatMap(\.statistics).flatMap(\.thresholds)
    #expect(thresholds.allSatisfy { $0.actions == ["log"] })
    #expect(bare.gauges.map { GaugeRule($0) }.allSatisfy { $0.mistakes.isEmpty })
    let xml = ConfigurationFixture.xml().replacingOccurrences(
      of: "</trapline>",
      with: """
        <monitor><manager name="m" address="udp:192.0.2.1:162" community="env:NOC"/>
        <gauge name="memory.bytes"><statistic type="absolute"><threshold type="above" value="1MiB"/></statistic></gauge>
        </monitor></trapline>
        """)
    let told = try ConfigurationFixture.parse(xml).configuration.monitor
    #expect(told.gauges.filter { $0.name == .memoryBytes }.count == 1)
    let shipped = told.gauges.dropFirst().flatMap(\.statistics).flatMap(\.thresholds)
    #expect(shipped.count == 5 && shipped.allSatisfy { $0.actions == ["log", "notify"] })
    let off = try ConfigurationFixture.parse(
      ConfigurationFixture.xml().replacingOccurrences(of: "</trapline>", with: "<monitor defaults=\"off\"/></trapline>")
    )
    #expect(off.configuration.monitor.gauges.isEmpty)
  }

  @Test("The manual shows the thresholds that ship, word for word")
  func manual() throws {
    let path = ConfigurationFixture.root.appending(path: "Documentation/man/trapline.xml.5")
    #expect(try String(contentsOf: path, encoding: .utf8).contains(MonitorDefaults.xml))
  }

  @Test("A listener hears what is sent to its address, or to any of this host where it has them all")
  func hearing() throws {
    func address(_ text: String) throws -> Configuration.ListenAddress {
      try ValueGrammar<Configuration.ListenAddress>.listenAddress.parse(text)
    }
    let own = try address("udp:192.0.2.7:162").host
    for (listener, hearsV4, hearsV6) in [
      ("udp:[::]:162", true, true), ("udp:0.0.0.0:162", true, false), ("udp:192.0.2.7:162", true, false),
      ("udp:192.0.2.8:162", false, false), ("udp:[::]:163", false, false), ("tcp:[::]:162", false, false),
      ("dtlsudp:[::]:162", true, true),
    ] {
      let listener = try address(listener)
      #expect(listener.hears(own, port: 162, isLocal: { _ in true }) == hearsV4, "\(listener)")
      #expect(
        listener.hears(try address("udp:[2001:db8::1]:162").host, port: 162, isLocal: { _ in true }) == hearsV6,
        "\(listener)")
      #expect(!listener.hears(try address("udp:192.0.2.9:162").host, port: 162, isLocal: { _ in false }), "\(listener)")
    }
  }
}

private struct TemporaryFolder: ~Copyable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "trapline-monitor-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
