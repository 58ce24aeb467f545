/// Typed readers. `octets` are those that the varbind was read from; another type than the one meant gives some
/// number, never a trap.
extension Varbind {
  /// Integer32.
  package func integer(_ octets: Span<UInt8>) -> Int64 { BERInteger.signed(value, octets) }

  /// Counter32, Gauge32, TimeTicks, Counter64.
  package func unsigned(_ octets: Span<UInt8>) -> UInt64 { BERInteger.unsigned(value, octets) }

  /// IpAddress, first octet highest.
  package func ipAddress(_ octets: Span<UInt8>) -> UInt32 { UInt32(truncatingIfNeeded: unsigned(octets)) }

  package func float(_ octets: Span<UInt8>) -> Float {
    Float(bitPattern: UInt32(truncatingIfNeeded: unsigned(octets)))
  }

  package func double(_ octets: Span<UInt8>) -> Double { Double(bitPattern: unsigned(octets)) }
}
