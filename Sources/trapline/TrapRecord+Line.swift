extension TrapRecord {
  /// As `tail` shows it.
  var line: ColoredLine { missed.map(TrapRecord.gapLine) ?? trapLine }

  private var trapLine: ColoredLine {
    var line = ColoredLine()
    line.add(TrapRecord.clock(received ?? ""), .dim)
    line.add(origin, .cyan)
    if let trap {
      let name = StandardTrap.name(of: trap.oid)
      line.add(name ?? StandardTrap.short(trap.oid), TrapRecord.ink(of: name))
    } else {
      line.add(error == nil ? "no snmpTrapOID.0" : "not decoded", .magenta)
    }
    if pdu == "inform" { line.add("inform", .blue) }
    if let odd { line.add(odd, .magenta) }
    if let user = user ?? userHex.map({ "0x" + $0 }) {
      line.add("user=" + user + (engineID.map { "@" + $0 } ?? ""), .blue)
    }
    if verified == false { line.add("unverified", .red) }
    for (name, value) in (attributes ?? [:]).sorted(by: { $0.key < $1.key }) { line.add("\(name)=\(value)", .green) }
    if let error { line.add(error, .magenta) }
    for varbind in varbinds ?? [] { line.add(TrapRecord.text(of: varbind)) }
    return line
  }

  /// The source, and the device that the trap speaks of where that is another one.
  private var origin: String {
    let source = source ?? "?"
    return agent.map { $0 == source ? source : "\(source) for \($0)" } ?? source
  }

  private static func ink(of name: String?) -> Paint.Ink {
    switch name {
    case "linkDown", "authenticationFailure", "egpNeighborLoss": .red
    case "linkUp": .green
    default: .yellow
    }
  }

  private static func text(of varbind: Varbind) -> String {
    // A value of null is one that is not there: noSuchObject and its like.
    let value = varbind.value.map(\.description) ?? varbind.hex.map { "0x" + $0 } ?? "null"
    return StandardTrap.short(varbind.oid) + "=" + value
  }

  private static func gapLine(_ gap: Missed) -> ColoredLine {
    var line = ColoredLine()
    line.add(clock(gap.until ?? ""), .dim)
    let range = gap.first == gap.last ? "\(gap.first)" : "\(gap.first) to \(gap.last)"
    let since = gap.from.map { ", from \(clock($0))" } ?? ""
    let traps = gap.count == 1 ? "1 trap" : "\(Digits.grouped(gap.count)) traps"
    line.add("MISSED \(traps) (\(gap.cause)): \(range)\(since)", .red)
    return line
  }

  /// The time of day of an RFC 3339 time in UTC, to the millisecond: `03:20:11.123Z`.
  private static func clock(_ time: String) -> String {
    guard let mark = time.firstIndex(of: "T"), time.hasSuffix("Z") else { return time }
    return time[time.index(after: mark)...].dropLast().prefix(12) + "Z"
  }
}
