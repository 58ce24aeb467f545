internal import Testing
internal import TrapBatching

@Suite("Slabs")
struct SlabTests {
  @Test("Datagrams come out as they went in, with their facts, empty ones included")
  func contents() {
    var slab = Slab(octetCapacity: 65_535, entryCapacity: 8)
    let lengths = [61, 0, 1, 1472, 0]
    for (number, length) in lengths.enumerated() {
      let appended = slab.append(facts(number, source: UInt32(number)), datagram(number, length: length).span)
      #expect(appended)
    }
    let (count, octets) = (slab.count, slab.octetCount)
    #expect(count == 5 && octets == lengths.reduce(0, +))
    for (number, length) in lengths.enumerated() {
      let (found, arrival) = slab.withDatagram(number) { facts, octets in
        ((0..<octets.count).map { octets[$0] }, facts)
      }
      let (measured, alone) = (slab.length(number), slab.facts(number))
      #expect(found == datagram(number, length: length) && measured == length)
      #expect(arrival == facts(number, source: UInt32(number)) && alone == arrival)
    }
  }

  @Test("At its bound in octets a slab says no, changes nothing, and still takes what fits")
  func octetBound() {
    var slab = Slab(octetCapacity: 65_535, entryCapacity: 8)
    let first = slab.append(facts(0), datagram(0, length: 65_000).span)
    let tooMuch = slab.append(facts(1), datagram(1, length: 536).span)
    let exact = slab.append(facts(2), datagram(2, length: 535).span)
    let more = slab.append(facts(3), datagram(3, length: 1).span)
    let (count, octets, last) = (slab.count, slab.octetCount, slab.facts(1).received)
    #expect(first && !tooMuch && exact && !more)
    #expect(count == 2 && octets == 65_535 && last == 2)
  }

  @Test("At its bound in datagrams a slab says no")
  func entryBound() {
    var slab = Slab(octetCapacity: 65_535, entryCapacity: 2)
    let answers = (0..<3).map { slab.append(facts($0), datagram($0).span) }
    #expect(answers == [true, true, false])
  }

  @Test("What a slab pins does not depend on what is in it")
  func pinned() {
    var slab = Slab(octetCapacity: 70_000, entryCapacity: 100)
    let empty = slab.pinnedOctets
    _ = slab.append(facts(0), datagram(0).span)
    let used = slab.pinnedOctets
    #expect(empty == used && used >= 70_000 + 100 * 50)
    #expect(used == Slab.pinnedOctets(octetCapacity: 70_000, entryCapacity: 100))
  }

  @Test("An emptied slab starts again at nothing")
  func removeAll() {
    var slab = Slab(octetCapacity: 65_535, entryCapacity: 2)
    _ = slab.append(facts(0), datagram(0).span)
    slab.removeAll()
    let (isEmpty, octets) = (slab.isEmpty, slab.octetCount)
    #expect(isEmpty && octets == 0)
    let appended = slab.append(facts(9), datagram(9, length: 65_535).span)
    let length = slab.length(0)
    #expect(appended && length == 65_535)
  }

  @Test("A capacity below the largest datagram stops the process")
  func tooSmall() async {
    await #expect(processExitsWith: .failure) { _ = Slab(octetCapacity: 65_534, entryCapacity: 1) }
    await #expect(processExitsWith: .failure) { _ = Slab(octetCapacity: 65_535, entryCapacity: 0) }
  }
}
