/// What one processing engine still wants of one segment, in records and in their octets.
internal struct SegmentShare: Sendable {
  /// At or after the engine's cursor.
  var queued = 0
  var queuedOctets = 0
  /// In batches that the engine has not answered for.
  var inFlight = 0
  var inFlightOctets = 0

  mutating func addQueued(_ octets: Int) {
    queued += 1
    queuedOctets += octets
  }

  var records: Int { queued + inFlight }
  var octets: Int { queuedOctets + inFlightOctets }
}
