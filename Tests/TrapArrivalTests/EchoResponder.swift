@testable import TrapArrival

/// Says of every discovery that it came.
final class EchoResponder: DiscoveryResponder {
  func report(to octets: Span<UInt8>, now: UInt64) -> [UInt8]? { Array("report".utf8) }
}
