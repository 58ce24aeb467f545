import Testing
import TrapBatching

@testable import TrapEngines

@Suite("Noticing loops")
struct ForwardLoopWatchTests {
  private static let receiver = SourceAddress("192.0.2.1")!
  private static let second: UInt64 = 1_000_000_000
  private var sequence: UInt64 = 0
  private var watch = ForwardLoopWatch(receiver: receiver)

  private mutating func admits(
    _ hash: UInt64 = 7, from source: String, _ port: UInt16 = 5000, at now: UInt64 = second
  ) -> Bool {
    sequence += 1
    return watch.admits(hash, ForwardOrigin(source: SourceAddress(source)!, port: port, sequence: sequence), now: now)
  }

  @Test("a trap that comes back from the receiver is sent on three times and then refused")
  mutating func receiverLoop() {
    let isFirst = admits(from: "198.51.100.7")
    #expect(isFirst)
    var rounds: [Bool] = []
    for round in 0..<6 { rounds.append(admits(from: "192.0.2.1", at: Self.second + UInt64(round) * 30 * Self.second)) }
    #expect(rounds == [true, true, true, false, false, false])
  }

  @Test("a trap that comes back from elsewhere is refused after sixteen times")
  mutating func longLoop() {
    let isFirst = admits(from: "198.51.100.7")
    #expect(isFirst)
    var admitted = 0
    for _ in 0..<40 where admits(from: "203.0.113.9") { admitted += 1 }
    #expect(admitted == Int(ForwardLoopWatch.otherRounds))
  }

  @Test("a device that says the same again and again is never refused, whatever its port")
  mutating func device() {
    for round in 0..<1000 {
      let isAdmitted = admits(from: "198.51.100.7", UInt16(2000 + round % 7))
      #expect(isAdmitted)
    }
  }

  @Test("what a device on the receiver's machine says comes back from another port of it")
  mutating func sameMachine() {
    for _ in 0..<100 {
      let isAdmitted = admits(from: "192.0.2.1", 4000)
      #expect(isAdmitted)
    }
    var fresh = ForwardLoopWatchTests()
    let isFirst = fresh.admits(from: "192.0.2.1", 4000)
    #expect(isFirst)
    var rounds: [Bool] = []
    for _ in 0..<5 { rounds.append(fresh.admits(from: "192.0.2.1", 4001)) }
    #expect(rounds == [true, true, true, false, false])
  }

  @Test("many devices that all say the same are never refused", arguments: [2, 3, 500])
  mutating func fleet(devices: Int) {
    for round in 0..<40 {
      for device in 0..<devices {
        let isAdmitted = admits(from: "10.0.\(device / 250).\(device % 250)", at: Self.second + UInt64(round))
        #expect(isAdmitted, "device \(device), round \(round)")
      }
    }
  }

  @Test("a batch that is handed over again counts once")
  mutating func again() {
    _ = admits(from: "198.51.100.7")
    let origin = ForwardOrigin(source: Self.receiver, port: 5000, sequence: 2)
    for _ in 0..<50 {
      let isAdmitted = watch.admits(7, origin, now: Self.second)
      #expect(isAdmitted)
    }
  }

  @Test("the window ends, and traps that say other things do not count")
  mutating func apart() {
    _ = admits(from: "198.51.100.7")
    for round in 0..<40 {
      let now = Self.second + UInt64(round) * ForwardLoopWatch.window / 2
      let isAdmitted = admits(from: "192.0.2.1", at: now)
      #expect(isAdmitted)
      let isOtherAdmitted = admits(UInt64(1000 + round), from: "192.0.2.1", at: now)
      #expect(isOtherAdmitted)
    }
  }

  @Test("a loop is noticed among ten thousand other traps between two of its rounds")
  mutating func crowded() {
    _ = admits(from: "198.51.100.7")
    var random = SeededNumbers()
    var rounds: [Bool] = []
    for round in 1...5 {
      for _ in 0..<10_000 {
        _ = admits(random.next(), from: "198.51.100.8", at: Self.second + UInt64(round))
      }
      rounds.append(admits(from: "192.0.2.1", at: Self.second + UInt64(round)))
    }
    #expect(rounds == [true, true, true, false, false])
  }

  /// SplitMix64.
  private struct SeededNumbers {
    private var state: UInt64 = 42
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
