/// What the hot path has to tell of one source: what came since it told last. Commands of one source add up.
package struct SourceCommand: Sendable {
  package static let octets = MemoryLayout<SourceCommand>.stride

  package let source: SourceAddress
  /// Datagrams of it that were read, refused ones among them, and those that were refused.
  package var arrived: UInt64
  package var refused: UInt64
  /// Wall clock, nanoseconds since 1970, of the first and the last of them.
  package var first: Int64
  package var last: Int64
  /// Of the newest trap of these that was looked at; empty where none was.
  package var trapOID = PackedOID()

  package init(source: SourceAddress, arrived: UInt64, refused: UInt64, received: Int64) {
    self.source = source
    self.arrived = arrived
    self.refused = refused
    first = received
    last = received
  }

  /// Adds what came after this one.
  package mutating func add(_ later: SourceCommand) {
    arrived &+= later.arrived
    refused &+= later.refused
    first = min(first, later.first)
    // Lanes and classification tell of one source in no order of time.
    if later.last >= last {
      last = later.last
      if !later.trapOID.isEmpty { trapOID = later.trapOID }
    } else if trapOID.isEmpty {
      trapOID = later.trapOID
    }
  }
}

extension SourceCommand: SourceKeyed {}
