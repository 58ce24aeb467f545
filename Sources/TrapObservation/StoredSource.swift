internal import TrapBatching

/// One source's place in the table.
internal struct StoredSource: SourceKeyed {
  var source: SourceAddress
  /// 0: the place is free.
  var index: UInt32
  /// Towards the source heard of more recently, and less recently; -1 at the end. Of the free places, the next one.
  var newer: Int32 = -1
  var older: Int32 = -1
  /// A datagram of it got past the listener.
  var isProven = false
  var firstSeen: UInt64
  var lastSeen: UInt64
  var arrived: UInt64 = 0
  var refused: UInt64 = 0
  var trapOID = PackedOID()

  init(index: UInt32, source: SourceAddress, firstSeen: UInt64) {
    self.index = index
    self.source = source
    self.firstSeen = firstSeen
    lastSeen = firstSeen
  }
}
