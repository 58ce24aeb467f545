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

  func withHead<Result>(_ body: (ArrivalFacts, Span<UInt8>) -> Result) -> Result {
    let start = head == 0 ? 0 : entries[head - 1].end
    let entry = entries[head]
    return body(entry.facts, octets.span.extracting(start..<entry.end))
  }

  mutating func dropHead() { head += 1 }
}
