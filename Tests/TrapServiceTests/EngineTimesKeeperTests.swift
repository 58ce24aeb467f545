import Foundation
import Logging
import Testing
import TrapBatching
import TrapClassification
import TrapDispatch
import TrapEngines
import TrapLedger
import TrapSecurity

@testable import TrapService

/// Nothing arrives: what the classification knows is what the former run left.
@Suite("Keeping the clocks of SNMP engines")
final class EngineTimesKeeperTests {
  private static let engineID: [UInt8] = [0x80, 0, 0, 0, 1, 2, 3, 4]
  private let directory = FileManager.default.temporaryDirectory.appending(path: "trapline-\(UUID().uuidString)").path
  private let classifier: Classifier

  init() throws {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let (waker, routeSets) = (Waker(), RouteSetTable())
    let queue = BatchQueue(
      name: "test", limits: BatchLimits(traps: 1, octets: 1, maxWait: 0, outstanding: 1, bound: 1 << 20), waker: waker)
    let eventQueue = EventQueue(boot: 1, bound: 16 << 20, routeSets: routeSets, waker: waker)
    var setup = ClassifierSetup(
      queue: queue, waker: waker, log: EventQueueLog(eventQueue),
      ledger: try Ledger.open(directory: nil, now: 0, processID: 1),
      metadata: MetadataAssignment(RulesMetadata(rules: [], defaultEngines: [], routeSets: routeSets)))
    setup.routeSets = routeSets
    setup.restore(
      [EngineTimeRecord(engineID: Self.engineID, boots: 7, time: 5_000, latest: 5_000, made: SystemClock.wall())],
      now: SystemClock.monotonic(), wall: SystemClock.wall())
    classifier = Classifier(setup)
    try classifier.start(beat: LoopBeat(name: "test", now: SystemClock.monotonic()))
  }

  deinit {
    classifier.stop(deadline: 0)
    try? FileManager.default.removeItem(atPath: directory)
  }

  private func keeper(interval: UInt64) -> EngineTimesKeeper {
    EngineTimesKeeper(
      directory: directory, classifier: classifier, interval: interval,
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private var isWritten: Bool { FileManager.default.fileExists(atPath: directory + "/" + EngineTimesFile.name) }
  private var kept: [[UInt8]] { EngineTimesFile.read(directory: directory).records.map(\.engineID) }

  @Test("they are written while it runs, before any stop", .timeLimit(.minutes(1)))
  func periodically() async throws {
    let keeper = keeper(interval: 1_000_000)
    try keeper.start()
    while !isWritten, !Task.isCancelled { sched_yield() }
    #expect(kept == [Self.engineID])
    keeper.stop()
  }

  @Test("before its time comes nothing is written but on demand, and at the stop")
  func atTheStop() throws {
    let keeper = keeper(interval: .max / 2)
    try keeper.start()
    #expect(!isWritten)
    keeper.stop()
    #expect(kept == [Self.engineID])
  }

  @Test("the last engine that is forgotten goes from the disk, though nothing was written before")
  func forgotten() throws {
    try EngineTimesFile.write(
      [EngineTimeRecord(engineID: Self.engineID, boots: 7, time: 5_000, latest: 5_000, made: 1)], directory: directory)
    let keeper = keeper(interval: .max / 2)
    try keeper.start()
    #expect(classifier.forget(engineID: Self.engineID) { _ in })
    keeper.stop()
    #expect(kept.isEmpty)
  }
}
