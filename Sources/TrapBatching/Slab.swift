internal import BasicContainers

/// One batch of datagrams, back to back in a single allocation, plus where each one ends and how it arrived.
///
/// A slab is made empty with fixed capacities, filled by one owner at a time, handed over whole, and never grows: at
/// its bound `append` says false and the caller takes another slab.
package struct Slab: ~Copyable, Sendable {
  private var octets: RigidArray<UInt8>
  private var entries: RigidArray<SlabEntry>

  /// `octetCapacity` must hold the largest datagram, 65,535 octets.
  package init(octetCapacity: Int, entryCapacity: Int) {
    precondition(octetCapacity >= 65_535, "a slab of \(octetCapacity) octets cannot hold every datagram")
    precondition(entryCapacity > 0, "a slab for \(entryCapacity) datagrams")
    octets = RigidArray(capacity: octetCapacity)
    entries = RigidArray(capacity: entryCapacity)
  }

  package var count: Int { entries.count }
  package var isEmpty: Bool { entries.isEmpty }
  /// The datagrams' own octets.
  package var octetCount: Int { octets.count }
  /// What the slab keeps from everyone else, used or not.
  package var pinnedOctets: Int { Slab.pinnedOctets(octetCapacity: octets.capacity, entryCapacity: entries.capacity) }

  package static func pinnedOctets(octetCapacity: Int, entryCapacity: Int) -> Int {
    octetCapacity + entryCapacity * MemoryLayout<SlabEntry>.stride
  }

  /// Copies one datagram in; false where it does not fit.
  package mutating func append(_ facts: ArrivalFacts, _ datagram: Span<UInt8>) -> Bool {
    guard !entries.isFull, datagram.count <= octets.freeCapacity else { return false }
    octets.append(copying: datagram)
    entries.append(SlabEntry(facts: facts, end: octets.count))
    return true
  }

  package func facts(_ index: Int) -> ArrivalFacts { entries[index].facts }

  package func length(_ index: Int) -> Int { entries[index].end - start(index) }

  package func withDatagram<Result, Failure: Error>(
    _ index: Int, _ body: (ArrivalFacts, Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let entry = entries[index]
    return try body(entry.facts, octets.span.extracting(start(index)..<entry.end))
  }

  /// For what changes octets in place, as decryption does.
  package mutating func withMutableDatagram<Result, Failure: Error>(
    _ index: Int, _ body: (ArrivalFacts, inout MutableSpan<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let entry = entries[index]
    let range = start(index)..<entry.end
    var all = octets.mutableSpan
    var datagram = all._mutatingExtracting(range)
    return try body(entry.facts, &datagram)
  }

  package mutating func removeAll() {
    octets.removeAll()
    entries.removeAll()
  }

  private func start(_ index: Int) -> Int { index == 0 ? 0 : entries[index - 1].end }
}
