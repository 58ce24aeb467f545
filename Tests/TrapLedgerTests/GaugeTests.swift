import Synchronization
import Testing
import TrapLedger

@Suite("Gauges of the ledger's lines")
struct GaugeTests {
  private let ledger: Ledger

  init() throws { ledger = try Ledger.open(directory: nil, now: 1, processID: 1) }

  private func value(_ name: GaugeName, _ item: String = "") -> Int64? {
    ledger.board.all.first { $0.name == name && $0.item == item }?.current
  }

  @Test("What becomes of an engine's line is shown by its gauges, and by the sums of all engines")
  func engine() throws {
    for (name, octets) in [("a", 100), ("b", 30)] {
      let line = try ledger.engine(name)
      line.setLag(octets: octets, traps: octets / 10)
      line.setInFlight(3, octets: 25)
      line.addMissed(5, .bound)
      line.addMissed(2, .deadLetter)
    }
    #expect(value(.engineLagBytes, "a") == 100 && value(.engineLagTraps, "a") == 10)
    #expect(value(.engineInFlightTraps, "b") == 3 && value(.engineInFlightBytes, "b") == 25)
    #expect(value(.engineMissed, "a") == 7 && value(.engineDeadLetters, "a") == 2)
    #expect(value(.engineLagBytes) == 130 && value(.engineInFlightTraps) == 6 && value(.engineMissed) == 14)
  }

  @Test("The gauges of an engine go when it does, and come back with its name")
  func comesBack() throws {
    try ledger.engine("a").setLag(octets: 100, traps: 10)
    try ledger.engine("a").addMissed(5, .bound)
    ledger.release(engine: "a")
    #expect(value(.engineLagBytes, "a") == nil && value(.engineMissed, "a") == nil)
    #expect(value(.engineLagBytes) == 0)
    let line = try ledger.engine("a")
    #expect(value(.engineMissed, "a") == 0 && line.missed == 5)
    line.addMissed(1, .bound)
    #expect(value(.engineMissed, "a") == 1 && value(.engineMissed) == 6)
  }

  @Test("A listener's kernel drops are refusals among others")
  func listener() throws {
    let line = try ledger.listener("main")
    line.addArrived(10)
    line.addRefused(2, .malformed)
    line.addRefused(3, .kernelDrop)
    #expect(value(.listenerArrived, "main") == 10 && value(.listenerRefused, "main") == 5)
    #expect(value(.listenerKernelDrops, "main") == 3 && value(.listenerKernelDrops) == 3)
  }

  @Test("An update within the range tells nobody, one beyond it tells what it made")
  func range() {
    let gauge = WatchedGauge(.memoryBytes)
    let told = Mutex<[Int64]>([])
    gauge.setWatch { value in
      told.withLock { $0.append(value) }
      return value < 10 ? Int64.min...9 : 10...Int64.max
    }
    for value: Int64 in [5, 9, 10, 11, 50, 9, 1] { gauge.set(value) }
    #expect(told.withLock { $0 } == [0, 10, 9])
    gauge.limit = 70
    #expect(told.withLock { $0 } == [0, 10, 9, 1], "another limit has the watch look again")
    gauge.limit = 70
    gauge.evaluate()
    #expect(told.withLock { $0 }.count == 5)
    gauge.setWatch(nil)
    gauge.set(100)
    #expect(told.withLock { $0 }.count == 5)
  }

  /// A closure that a lock holds by itself grows with each look at it, until the stack ends.
  @Test("A watch that is asked very often costs what it cost at first")
  func manyLooks() {
    let gauge = WatchedGauge(.memoryBytes)
    gauge.setWatch { value in value...value }
    for number in 0..<Int64(300_000) { gauge.set(number) }
    #expect(gauge.current == 299_999)
  }
}
