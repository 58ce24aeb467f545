/// What a blast did.
struct BlastTally {
  var sent: UInt64 = 0
  /// Octets of UDP payload.
  var octets: UInt64 = 0
  /// Nanoseconds since 1970.
  var started: UInt64 = 0
  /// From the first trap to the last, in nanoseconds.
  var elapsed: UInt64 = 0
  /// How often the kernel took nothing, by reason; each such trap was sent again.
  var refusals: [String: UInt64] = [:]

  var rate: Double { elapsed == 0 ? 0 : Double(sent) / (Double(elapsed) / 1e9) }
}
