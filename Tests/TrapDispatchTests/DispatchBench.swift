internal import Synchronization
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

/// A dispatcher over a queue of the bench, turned by hand.
final class DispatchBench {
  let bench: QueueBench
  let dispatcher: Dispatcher
  let notices = Notices()

  final class Notices: Sendable {
    private let list = Mutex<[String]>([])
    private let hook = Mutex<(@Sendable () -> Void)?>(nil)
    func add(_ notice: DispatchNotice) {
      list.withLock { $0.append(notice.description) }
      hook.withLock { $0.take() }?()
    }
    /// Runs at the next notice, which is in the middle of a turn.
    func atNext(_ action: @escaping @Sendable () -> Void) { hook.withLock { $0 = action } }
    var all: [String] { list.withLock { $0 } }
  }

  init(bound: Int = 1 << 22, segmentOctets: Int = 1 << 16, deadLetters directory: String? = nil, seed: UInt64 = 1)
    throws
  {
    bench = try QueueBench(bound: bound, segmentOctets: segmentOctets)
    let notices = notices
    let letters = directory.map { [ledger = bench.ledger] in
      DeadLetters(directory: $0, bound: 1 << 20, ledger: ledger, notify: { notices.add($0) })
    }
    self.letters = letters
    dispatcher = Dispatcher(
      queue: bench.queue, ledger: bench.ledger, waker: bench.waker, deadLetters: letters, seed: seed,
      notify: { notices.add($0) })
  }

  let letters: DeadLetters?

  @discardableResult
  func add(_ engine: ScriptedEngine, _ change: (inout DeliverySettings) -> Void = { _ in }) throws -> ScriptedEngine {
    var settings = DeliverySettings()
    settings.maxWait = 0
    change(&settings)
    try dispatcher.add(engine, settings: settings)
    return engine
  }

  @discardableResult
  func turn(after nanoseconds: UInt64 = 0) -> UInt64? {
    bench.now += nanoseconds
    return dispatcher.turn(now: bench.now, wall: Int64(bench.now))
  }

  func status(_ name: String) -> EngineStatus { dispatcher.status(now: bench.now).first { $0.name == name }! }
}
