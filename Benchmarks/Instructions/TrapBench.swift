/// `TrapBench routes|subscriptions ENGINES TRAPS`, `TrapBench sources counted|uncounted TRAPS`, `TrapBench
/// sealed|floor|spoiled|invented USERS FILE` or `TrapBench bare|unwatched|watched|item|bucket UPDATES`: the work of one run
/// and nothing else, to be counted from outside.
@main
struct TrapBench {
  /// An SNMPv2c linkDown of 240 octets, the most of them in one variable binding (RFC 3416).
  private static func datagram() -> [UInt8] {
    func tlv(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
      content.count < 128 ? [tag, UInt8(content.count)] + content : [tag, 0x81, UInt8(content.count)] + content
    }
    let uptime = tlv(0x30, [0x06, 8, 0x2b, 6, 1, 2, 1, 1, 3, 0, 0x43, 1, 2])
    let name = tlv(0x30, [0x06, 10, 0x2b, 6, 1, 6, 3, 1, 1, 4, 1, 0, 0x06, 9, 0x2b, 6, 1, 6, 3, 1, 1, 5, 3])
    let text = tlv(0x30, [0x06, 4, 0x2b, 6, 1, 9] + tlv(0x04, [UInt8](repeating: 0x61, count: 159)))
    let bindings = tlv(0x30, uptime + name + text)
    let pdu = tlv(0xa7, [0x02, 1, 1, 0x02, 1, 0, 0x02, 1, 0] + bindings)
    return tlv(0x30, [0x02, 1, 1] + tlv(0x04, Array("public".utf8)) + pdu)
  }

  static func main() throws {
    let words = CommandLine.arguments
    if words.count == 3, let run = MonitorRun(rawValue: words[1]), let updates = Int(words[2]), updates > 0 {
      print("{\"updates\":\(updates),\"value\":\(run.perform(updates: updates))}")
      return
    }
    if words.count == 4, let run = SecurityRun(rawValue: words[1]), let users = Int(words[2]), users > 0 {
      guard try run.perform(users: users, path: words[3]) else { throw Failure.lost }
      return
    }
    if words.count == 4, words[1] == "sources", ["counted", "uncounted"].contains(words[2]), let count = Int(words[3]) {
      try countSources(words[2] == "counted", count)
      return
    }
    guard words.count == 4, let way = Scenario.Way(rawValue: words[1]), let engines = Int(words[2]),
      engines > 0, Scenario.blocks.isMultiple(of: engines), let count = Int(words[3]), count > 0
    else {
      print("usage: TrapBench routes|subscriptions ENGINES TRAPS (ENGINES divides \(Scenario.blocks))")
      print("       TrapBench sources counted|uncounted TRAPS")
      print("       TrapBench sealed|floor|spoiled|invented USERS FILE")
      print("       TrapBench bare|unwatched|watched|item|bucket UPDATES")
      throw Failure.usage
    }
    let octets = datagram()
    let delivered = try HandTurnedPipeline(Scenario(way: way, engines: engines)).run(count, octets)
    print("{\"octets\":\(octets.count),\"traps\":\(count),\"delivered\":\(delivered)}")
    guard delivered == UInt64(count) else { throw Failure.lost }
  }

  /// One engine that wants everything: what a trap costs at the least.
  private static func countSources(_ countsSources: Bool, _ count: Int) throws {
    let octets = datagram()
    let pipeline = try HandTurnedPipeline(Scenario(way: .routes, engines: 1), countsSources: countsSources)
    let delivered = pipeline.run(count, octets)
    print("{\"octets\":\(octets.count),\"traps\":\(count),\"delivered\":\(delivered),\"counted\":\(pipeline.counted)}")
    guard delivered == UInt64(count), pipeline.counted == (countsSources ? delivered : 0) else { throw Failure.lost }
  }

  private enum Failure: Error { case usage, lost }
}
