internal import SNMPWire

/// Informs among the recent messages. Each is answered as often as its sender asks, so that `open` refuses none: whoever
/// answers remembers those that were accepted, and asks before another is.
extension USMVerifier {
  /// Whether these octets, as `open` left them, are of an authenticated message that was remembered.
  package mutating func isRemembered(_ octets: Span<UInt8>, now: UInt64) -> Bool {
    guard let record = record(of: octets) else { return false }
    return repeats.holds(record, now: now)
  }

  /// Remembers the octets of an authenticated message, as `open` left them. False where they are already.
  @discardableResult
  package mutating func remember(_ octets: Span<UInt8>, now: UInt64) -> Bool {
    guard let record = record(of: octets) else { return true }
    return repeats.admit(record, now: now)
  }

  /// nil of what has no digest to be known by.
  private func record(of octets: Span<UInt8>) -> RepeatRecord? {
    guard let header = try? V3Header.read(octets), header.isAuthenticated else { return nil }
    return RepeatRecord(octets, header: header, engine: EngineName(octets, header.engineID))
  }
}
