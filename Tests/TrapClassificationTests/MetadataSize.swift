@testable import TrapClassification

/// Cache bounds in entries, for tests.
enum MetadataSize {
  /// Octets for so many entries of one or two programs, and not one more.
  static func entries(_ count: Int) -> Int {
    count * MetadataCache.entryOctets + RoutingProgram(routes: [Route(to: Bench.toRouted)]).pinnedOctets
  }
}
