internal import BasicContainers
internal import TrapBatching

/// A run of held datagrams of one source, in their order: filled at the end, emptied at the head, never grown.
internal struct HeldChunk: ~Copyable {
  private struct Entry {
    let facts: ArrivalFacts
    let end: Int
  }

  private var octets: RigidArray<UInt8>
  private var entries: RigidArray<Entry>
  private var head = 0

  init(octetCapacity: Int, entryCapacity: Int) {
    octets = RigidArray(capacity: octetCapacity)
    entries = RigidArray(capacity: entryCapacity)
  }

  static func pinnedOctets(octetCapacity: Int, entryCapacity: Int) -> Int {
    octetCapacity + entryCapacity * MemoryLayout<Entry>.stride
  }

  var pinnedOctets: Int {
    HeldChunk.pinnedOctets(octetCapacity: octets.capacity, entryCapacity: entries.capacity)
  }

  var isEmpty: Bool { head == entries.count }

  func hasRoom(for octetCount: Int) -> Bool { !entries.isFull && octetCount <= octets.freeCapacity }

  mutating func append(_ facts: ArrivalFacts, _ datagram: Span<UInt8>) {
    octets.append(copying: datagram)
    entries.append(Entry(facts: facts, end: octets.count))
  }

  /// Mutable, for what is decrypted in place.
  mutating func withHead<Result>(_ body: (ArrivalFacts, inout MutableSpan<UInt8>) -> Result) -> Result {
    let entry = entries[head]
    let range = headStart..<entry.end
    var all = octets.mutableSpan
    var datagram = all._mutatingExtracting(range)
    return body(entry.facts, &datagram)
  }

  var headFacts: ArrivalFacts { entries[head].facts }
  var headLength: Int { entries[head].end - headStart }
  private var headStart: Int { head == 0 ? 0 : entries[head - 1].end }

  /// Of all that are left in it, in their order.
  func forEachFacts(_ body: (ArrivalFacts) -> Void) {
    for index in head..<entries.count { body(entries[index].facts) }
  }

  mutating func dropHead() { head += 1 }
}
