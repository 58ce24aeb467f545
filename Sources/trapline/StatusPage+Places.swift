internal import TrapControl

// Who sends most, and what is full.
extension StatusPage {
  var sourceLines: [String] {
    guard let live = status.live, !live.busiest.isEmpty else { return [] }
    let title = "busiest of \(Digits.grouped(live.sourceCount)) sources"
    return [""] + SourcesPage(sources: live.busiest, title: title, now: status.now).lines(paint, width: width)
  }

  var queueLines: [String] {
    var table = FittedTable([
      .text("place", rank: 0), .number("traps", rank: 2), .number("used", rank: 0), .number("of", rank: 1),
      .number("full", rank: 0), .text("", rank: 4), .number("peak", rank: 3), .number("refused", rank: 2),
    ])
    for queue in status.live?.queues ?? [] {
      let percent = StatusPage.percent(queue)
      let isWatched = StatusPage.trapPlaces.contains(queue.name)
      let ink: Paint.Ink? = isWatched && percent >= StatusPage.fullPercent ? .red : nil
      table.add([
        FittedTable.Cell(queue.name), FittedTable.Cell(queue.traps.map { Digits.grouped($0) } ?? ""),
        FittedTable.Cell(Digits.octets(queue.octets)), FittedTable.Cell(Digits.octets(queue.boundOctets)),
        FittedTable.Cell("\(percent)%", ink), FittedTable.Cell(StatusPage.bar(percent), ink),
        FittedTable.Cell(Digits.octets(queue.peakOctets)),
        FittedTable.Cell(queue.refused.map { Digits.grouped($0) } ?? ""),
      ])
    }
    return table.isEmpty ? [] : [""] + table.lines(paint, width: width)
  }

  /// Of its bound, rounded down: 100 means that nothing more fits.
  static func percent(_ queue: QueueView) -> Int {
    guard queue.boundOctets > 0 else { return 0 }
    return Int(clamping: UInt64((Double(queue.octets) / Double(queue.boundOctets) * 100).rounded(.down)))
  }

  /// Ten characters for a hundred per cent; one from the first octet that a per cent shows.
  static func bar(_ percent: Int) -> String {
    let filled = min(max((percent + 9) / 10, 0), 10)
    return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 10 - filled) + "]"
  }
}
