internal import Dispatch
internal import Logging
internal import Synchronization
internal import TrapBatching
internal import TrapClassification
internal import TrapSecurity

/// Keeps the clocks of the SNMP engines that were heard on the disk, so that what is refused as old stays refused after a
/// restart. On a thread of its own: a disk that hangs holds up nothing else.
internal final class EngineTimesKeeper: Sendable {
  /// Nanoseconds between two writings; a snapshot that waits for a busy classification is still younger than 60 s.
  static let interval: UInt64 = 30_000_000_000

  private let interval: UInt64
  private let directory: String
  private let classifier: Classifier
  private let log: Logger
  private let waker = Waker()
  private let isStopping = Atomic<Bool>(false)
  private let isDue = Atomic<Bool>(false)
  /// What the file holds; nil before the first writing, when the file is the former run's: what this run has forgotten
  /// of it, were it all, must go from the disk too.
  private let written = Mutex<[EngineTimeRecord]?>(nil)
  private let thread = Mutex<StageThread?>(nil)

  /// - Parameter interval: nanoseconds between two writings.
  init(
    directory: String, classifier: Classifier, interval: UInt64 = EngineTimesKeeper.interval, log: Logger
  ) {
    self.directory = directory
    self.classifier = classifier
    self.interval = interval
    self.log = log
  }

  /// What the former run knew; a damaged file is told of, and its whole lines are taken.
  static func former(_ configuration: Configuration, log: Logger) -> [EngineTimeRecord] {
    let (records, warning) = EngineTimesFile.read(directory: configuration.daemon.stateDirectory.path)
    if let warning { log.warning("\(warning)") }
    return records
  }

  func start() throws(StageThreadError) {
    try thread.withLock { thread throws(StageThreadError) in
      thread = try StageThread(name: "engine-times") { [self] in run() }
    }
  }

  /// Before the classification ends: writes what it knows.
  func stop() {
    isStopping.store(true, ordering: .releasing)
    waker.wake()
    thread.withLock { $0.take() }?.join()
  }

  /// What is forgotten on request must not come back with the next start.
  func writeSoon() {
    isDue.store(true, ordering: .releasing)
    waker.wake()
  }

  private func run() {
    while true {
      let due = SystemClock.monotonic() + interval
      while !isStopping.load(ordering: .acquiring), !isDue.exchange(false, ordering: .acquiringAndReleasing),
        SystemClock.monotonic() < due
      {
        waker.wait(nanoseconds: interval)
      }
      let isLast = isStopping.load(ordering: .acquiring)
      write()
      if isLast { return }
    }
  }

  /// nil where the classification is too busy to answer, or has ended.
  private func snapshot() -> [EngineTimeRecord]? {
    let answer = Answer()
    let isAsked = classifier.engineTimes(wall: SystemClock.wall()) { answer.give($0) }
    return isAsked ? answer.wait() : nil
  }

  private func write() {
    guard let records = snapshot(), written.withLock({ $0 != records }) else { return }
    do throws(StateFileError) {
      try EngineTimesFile.write(records, directory: directory)
      written.withLock { $0 = records }
    } catch {
      log.error("\(error)")
    }
  }

  private final class Answer: Sendable {
    private let records = Mutex<[EngineTimeRecord]>([])
    private let given = DispatchSemaphore(value: 0)

    func give(_ records: [EngineTimeRecord]) {
      self.records.withLock { $0 = records }
      given.signal()
    }

    func wait() -> [EngineTimeRecord] {
      given.wait()
      return records.withLock { $0 }
    }
  }
}
