/// Writes the Report for a discovery. One thread's own.
internal protocol DiscoveryResponder: AnyObject {
  /// nil where nothing may be answered. `now` is monotonic.
  func report(to octets: Span<UInt8>, now: UInt64) -> [UInt8]?
}
