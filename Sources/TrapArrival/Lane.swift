internal import CTrapSystem
internal import Glibc
internal import Synchronization
internal import TrapBatching
internal import TrapLedger

/// One socket with its receive thread. Waits for nothing but its socket, and for the stop.
internal final class Lane: Sendable {
  struct Settings: Sendable {
    var slots = 64
    var slotOctets = ReceiveVector.largestDatagram
    /// Nanoseconds; see `ReadPacing`.
    var gatherTime: UInt64 = 500_000
  }

  /// How long a lane stays away from a socket whose reads fail for another reason than being empty.
  private static let failurePause: UInt64 = 10_000_000
  /// The last reads of a socket that could not be closed to arrivals end after this many nanoseconds.
  private static let drainTime: UInt64 = 1_000_000_000

  let name: String
  let socket: LaneSocket
  let beat: LoopBeat
  private let listener: UInt16
  private let settings: Settings
  private let queue: BatchQueue
  private let ledger: ListenerLedger
  private let admission: AdmissionCell
  private let answering: AnswerSender?
  private let sources: InterprocessBuffer?
  private let stop: StopSignal
  private let failures = Atomic<UInt64>(0)
  private let lastFailure = Atomic<CInt>(0)

  init(
    name: String, listener: UInt16, socket: LaneSocket, settings: Settings, queue: BatchQueue,
    ledger: ListenerLedger, admission: AdmissionCell, answering: AnswerSender?, sources: InterprocessBuffer?,
    stop: StopSignal, now: UInt64
  ) {
    self.name = name
    self.listener = listener
    self.socket = socket
    self.settings = settings
    self.queue = queue
    self.ledger = ledger
    self.admission = admission
    self.answering = answering
    self.sources = sources
    self.stop = stop
    beat = LoopBeat(name: name, now: now)
  }

  /// Reads that failed for another reason than an empty socket, and the last one's error number.
  var readFailures: (count: UInt64, last: CInt) {
    (failures.load(ordering: .relaxed), lastFailure.load(ordering: .relaxed))
  }

  /// The thread's body: reads until the stop, then reads the socket empty.
  func run() {
    var vector = ReceiveVector(slots: settings.slots, slotOctets: settings.slotOctets)
    var intake = Intake(
      listener: listener, slots: settings.slots, queue: queue, ledger: ledger, answering: answering,
      sources: sources)
    let pacing = ReadPacing(
      slots: settings.slots, receiveBuffer: socket.receiveBuffer, gatherTime: settings.gatherTime)
    var isStopping = false
    while !isStopping {
      guard let count = read(&vector, &intake) else {
        isStopping = trap_wait_readable(-1, stop.descriptor, Lane.failurePause) > 0
        continue
      }
      switch pacing.next(afterReading: count) {
      // Under a flood this is the only step, so it must look for the stop as well.
      case .readAgain: isStopping = stop.isRaised
      case .gather(let time):
        // Where traps come fast, the time of a turn is not worth a clock reading more.
        beat.rest()
        isStopping = trap_wait_readable(-1, stop.descriptor, time) > 0
      case .waitForArrival: isStopping = waitForArrival(&intake)
      }
    }
    drain(&vector, &intake)
    intake.tellLast(now: SystemClock.monotonic())
  }

  /// One read and all that follows from it: the number of datagrams, or nil where the socket failed.
  private func read(_ vector: inout ReceiveVector, _ intake: inout Intake) -> Int? {
    var failure: CInt = 0
    let count = vector.receive(from: socket.descriptor, failure: &failure)
    let now = SystemClock.monotonic()
    beat.turn(now: now)
    if count > 0 { intake.take(vector, admission: admission.current, now: now) }
    guard failure != 0, failure != EAGAIN, failure != EINTR else { return count }
    failures.wrappingAdd(1, ordering: .relaxed)
    lastFailure.store(failure, ordering: .relaxed)
    return nil
  }

  /// Returns when the socket has something, or true when it is time to stop.
  private func waitForArrival(_ intake: inout Intake) -> Bool {
    while true {
      beat.rest(now: SystemClock.monotonic())
      let ready = trap_wait_readable(socket.descriptor, stop.descriptor, LoopBeat.idleWaitMax)
      if ready > 0 { return ready & 2 != 0 }
      let now = SystemClock.monotonic()
      beat.turn(now: now)
      intake.tell(now: now)
    }
  }

  /// What the kernel has queued still counts as received. A socket of our own takes no more by now, so this ends;
  /// an inherited one stays open in the service manager, and what this run leaves there the next one reads.
  private func drain(_ vector: inout ReceiveVector, _ intake: inout Intake) {
    let deadline = SystemClock.monotonic() + Lane.drainTime
    while let count = read(&vector, &intake), count > 0 {
      if socket.isInherited && SystemClock.monotonic() > deadline { return }
    }
  }
}
