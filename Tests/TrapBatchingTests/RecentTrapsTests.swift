internal import Testing
internal import TrapBatching

@Suite("Recent traps")
struct RecentTrapsTests {
  static let second: UInt64 = 1_000_000_000
  static let placed = Placement(route: RouteSetNumber(rawValue: 1))

  static func traps(entries: Int, spare: Int = 0, age: UInt64 = 0) -> RecentTraps {
    let octets = RecentTrapsLimits.leastOctets(entries: entries) + spare
    return RecentTraps(RecentTrapsLimits(entries: entries, octets: octets, age: age), now: 0)
  }

  /// A slab of traps `numbers`, all placed but those of `nowhere`.
  static func note(
    _ numbers: Range<Int>, length: Int = 61, nowhere: Set<Int> = [], marks: TrapMarks = TrapMarks(rawValue: 0),
    in traps: RecentTraps, now: UInt64
  ) {
    var slab = Slab(octetCapacity: max(65_535, numbers.count * length), entryCapacity: max(1, numbers.count))
    for number in numbers { _ = slab.append(facts(number), datagram(number, length: length).span) }
    let placements = numbers.map { nowhere.contains($0) ? .none : Placement(route: placed.route, marks: marks) }
    traps.note(slab, placements, placed: numbers.count - nowhere.intersection(numbers).count, now: now)
  }

  /// The traps' own numbers, in the order of the log.
  static func contents(_ traps: RecentTraps, now: UInt64, length: Int = 61) -> [Int] {
    guard let range = traps.range(now: now) else { return [] }
    var trap = RecentTrap()
    return range.map { index in
      guard traps.read(index, into: &trap), trap.number == index else { return -1 }
      let number = Int(trap.facts.received)
      return trap.octets == datagram(number, length: length) && trap.facts == facts(number) ? number : -2
    }
  }

  @Test("What was placed comes out as it went in, in order, and what went nowhere does not")
  func contents() {
    let traps = Self.traps(entries: 10)
    Self.note(0..<4, nowhere: [0, 2], in: traps, now: 5)
    Self.note(4..<6, marks: .decrypted, in: traps, now: 6)
    #expect(Self.contents(traps, now: 6) == [1, 3, 4, 5])
    var trap = RecentTrap()
    #expect(traps.read(4, into: &trap) && trap.marks == .decrypted && trap.noted == 6)
    #expect(traps.read(2, into: &trap) && trap.marks.isEmpty && trap.noted == 5)
    #expect(!traps.read(0, into: &trap) && !traps.read(5, into: &trap))
    #expect(traps.counts == RecentTrapsCounts(noted: 4, bumped: 0, expired: 0))
  }

  @Test("At its bound in traps the oldest go, and are counted; numbers are never used again")
  func entryBound() {
    let traps = Self.traps(entries: 3)
    for number in 0..<8 { Self.note(number..<number + 1, in: traps, now: 1) }
    #expect(Self.contents(traps, now: 1) == [5, 6, 7])
    #expect(traps.range(now: 1) == 6...8)
    Self.note(8..<20, in: traps, now: 2)
    #expect(Self.contents(traps, now: 2) == [17, 18, 19])
    #expect(traps.counts == RecentTrapsCounts(noted: 20, bumped: 17, expired: 0))
  }

  @Test("At its bound in octets the oldest go, whatever their lengths", arguments: [1, 61, 1000, 30_000, 65_535])
  func octetBound(length: Int) {
    let traps = Self.traps(entries: 500)
    let room = traps.limits.octets - 500 * ((RecentTrapsLimits.leastOctets(entries: 501) - 65_536) / 501)
    var next = 0
    for _ in 0..<300 {
      Self.note(next..<next + 3, length: length, in: traps, now: UInt64(next) * Self.second)
      next += 3
      guard next.isMultiple(of: 45) else { continue }
      let contents = Self.contents(traps, now: 0, length: length)
      #expect(contents == Array(next - contents.count..<next) && !contents.isEmpty)
      #expect(contents.count * length <= room)
      // What the arena's end and the trap that is to come leave empty is less than two traps.
      #expect(contents.count == min(next, 500) || (contents.count + 3) * length > room)
    }
    #expect(
      traps.counts.noted == 900
        && traps.counts.bumped == 900 - UInt64(Self.contents(traps, now: 0, length: length).count))
  }

  @Test("Lengths of all kinds, mixed, come out whole")
  func mixedLengths() {
    let traps = Self.traps(entries: 200, spare: 1)
    var seed: UInt64 = 7
    var lengths: [Int] = []
    var trap = RecentTrap()
    for number in 0..<3000 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let length = Int(seed >> 33) % (seed >> 60 == 0 ? 65_536 : 2000)
      lengths.append(length)
      Self.note(number..<number + 1, length: length, in: traps, now: UInt64(number) * Self.second)
      guard number % 60 > 57 else { continue }
      for index in traps.range(now: 0)! {
        let isThere = traps.read(index, into: &trap)
        let received = Int(trap.facts.received)
        #expect(isThere && received == Int(index) - 1)
        // Of long ones the ends, which another trap's octets would have come over first.
        #expect(trap.octets.count == lengths[received])
        if let last = trap.octets.last {
          #expect(trap.octets[0] == UInt8(truncatingIfNeeded: received))
          #expect(last == UInt8(truncatingIfNeeded: received + lengths[received] - 1))
        }
      }
    }
  }

  @Test("What is too old goes, and is not counted as pushed out")
  func age() {
    let traps = Self.traps(entries: 10, age: 60 * Self.second)
    Self.note(0..<2, in: traps, now: 10 * Self.second)
    Self.note(2..<3, in: traps, now: 40 * Self.second)
    #expect(Self.contents(traps, now: 70 * Self.second - 1) == [0, 1, 2])
    #expect(Self.contents(traps, now: 70 * Self.second) == [2])
    #expect(Self.contents(traps, now: 99 * Self.second) == [2])
    #expect(traps.range(now: 100 * Self.second) == nil)
    Self.note(3..<4, in: traps, now: 101 * Self.second)
    #expect(traps.range(now: 101 * Self.second) == 4...4)
    #expect(traps.counts == RecentTrapsCounts(noted: 4, bumped: 0, expired: 3))
  }

  @Test("At ordinary rates every trap is there; in a storm the newest of each slab, and all are counted")
  func storm() {
    let calm = Self.traps(entries: 5000, spare: 5000 * 61)
    for tick in 0..<40 { Self.note(tick * 100..<tick * 100 + 100, in: calm, now: UInt64(tick) * Self.second / 10) }
    #expect(Self.contents(calm, now: 0) == Array(0..<4000))

    // 200,000 a second for a second, in slabs of 500.
    let traps = Self.traps(entries: 1000, spare: 1000 * 61)
    var copied = 0
    for slab in 0..<400 {
      Self.note(slab * 500..<slab * 500 + 500, in: traps, now: UInt64(slab) * Self.second / 400)
      #expect(Self.contents(traps, now: 0).last == slab * 500 + 499)
      copied = Int(traps.range(now: 0)!.upperBound)
    }
    #expect(copied >= 4000 && copied <= 5000, "what was copied at once, and 4000 in the second: \(copied)")
    #expect(traps.counts.noted == 200_000 && traps.counts.bumped == 199_000)
    // After it, again every trap.
    Self.note(200_000..<200_900, in: traps, now: 3 * Self.second)
    #expect(Array(Self.contents(traps, now: 0).suffix(900)) == Array(200_000..<200_900))
  }

  @Test("Limits in which the longest datagram has no room stop the process")
  func tooSmall() async {
    await #expect(processExitsWith: .failure) {
      _ = RecentTraps(
        RecentTrapsLimits(entries: 5, octets: RecentTrapsLimits.leastOctets(entries: 5) - 1, age: 0), now: 0)
    }
  }
}
