import Testing
import TrapBatching

@Suite("The index of addresses")
struct AddressIndexTests {
  private struct Entry: SourceKeyed { let source: SourceAddress }

  @Test("finds what is in it and nothing else, whatever comes and goes", arguments: 0..<20)
  func model(seed: Int) {
    var random = SeededNumbers(seed: UInt64(seed))
    let capacity = 60
    var index = AddressIndex(capacity: capacity)
    var entries = (0..<capacity).map { Entry(source: SourceAddress(ipv4: UInt32($0))) }
    var free = Array(0..<capacity)
    var known: [SourceAddress: Int] = [:]
    for _ in 0..<4_000 {
      let source = SourceAddress(high: random.next() % 3, low: random.next() % 40)
      if let place = known[source] {
        index.remove(source, in: entries)
        known[source] = nil
        free.append(place)
      } else if let place = free.popLast() {
        entries[place] = Entry(source: source)
        index.insert(source, at: place)
        known[source] = place
      }
      #expect(index.count == known.count)
      let other = SourceAddress(high: random.next() % 3, low: random.next() % 40)
      #expect(index.find(other, in: entries) == known[other])
    }
    for (source, place) in known { #expect(index.find(source, in: entries) == place) }
    index.removeAll()
    for source in known.keys { #expect(index.find(source, in: entries) == nil) }
  }

  @Test(
    "gives back the sub-identifiers of a packed OID",
    arguments: [
      [1, 3], [0, 0], [2, 4_294_967_215 - 80], [1, 3, 6, 1, 6, 3, 1, 1, 5, 3],
      [1, 3, 6, 1, 4, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_455, 268_435_456, 4_294_967_295],
    ] as [[UInt32]])
  func packedOID(arcs: [UInt32]) {
    #expect(PackedOID(count: arcs.count) { arcs[$0] }.arcs == arcs)
  }

  @Test("A packed OID is whole or empty")
  func longOID() {
    let most = [1, 3] + [UInt32](repeating: 7, count: PackedOID.capacity - 1)
    #expect(PackedOID(count: most.count) { most[$0] }.arcs == most)
    let more = most + [7]
    #expect(PackedOID(count: more.count) { more[$0] }.isEmpty)
    let wide = most.dropLast() + [128]
    #expect(PackedOID(count: wide.count) { wide[$0] }.isEmpty)
  }
}
