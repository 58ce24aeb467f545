/// What `blast` prints at its end.
struct BlastReport: Codable {
  var sent: UInt64
  var octets: UInt64
  /// When the first trap left, in nanoseconds since 1970.
  var started: UInt64
  var seconds: Double
  var rate: Double
  /// How often the kernel took nothing and was asked again, by error.
  var retried: [String: UInt64]
  var verdict: BlastVerdict?

  init(_ tally: BlastTally, verdict: BlastVerdict?) {
    (sent, octets, rate, retried) = (tally.sent, tally.octets, tally.rate, tally.refusals)
    started = tally.started
    seconds = Double(tally.elapsed) / 1e9
    self.verdict = verdict
  }

  var lines: [String] {
    let span = Digits.span(UInt64(seconds * 1e9))
    var lines = [
      "\(Digits.grouped(sent)) traps sent in \(span): \(Digits.grouped(Int(rate)))/s, \(Digits.octets(octets))"
    ]
    for (error, count) in retried.sorted(by: { $0.key < $1.key }) {
      lines.append("\(error): the kernel took nothing \(Digits.grouped(count)) times and was asked again")
    }
    return lines + (verdict?.lines ?? [])
  }
}
