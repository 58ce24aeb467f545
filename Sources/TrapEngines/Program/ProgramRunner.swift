internal import Logging
internal import TrapBatching
internal import TrapDispatch

/// Keeps the program running and feeds it. Confined to the engine's thread once that runs.
internal final class ProgramRunner {
  internal let settings: ProgramEngineSettings
  internal let log: Logger
  private var json: TrapJSONWriter
  private var buffer: [UInt8] = []
  private var running: RunningProgram?
  /// Whether the program that runs has read something.
  private var isProven = false
  /// Why it does not run.
  private var lastEnd = "it has not been started"
  private var pause: UInt64 = 0
  private var startAt: UInt64 = 0
  /// Traps of batches not yet acknowledged for which the handler has run: they are not given to it again.
  internal var handled: Set<UInt64> = []

  private static let chunkSize = 64 << 10
  private static let grace: UInt64 = 2_000_000_000
  /// A program that ran for this long was well: its next restart is quick.
  private static let wellAfter: UInt64 = 10_000_000_000

  init(_ settings: ProgramEngineSettings, log: Logger) {
    self.settings = settings
    self.log = log
    json = TrapJSONWriter(options: settings.json)
  }

  var outputRaw: CInt? { running?.outputRaw }

  /// Starts the program, or connects to it.
  func start() throws(SystemError) {
    isProven = false
    running = try RunningProgram.start(settings, log: log)
  }

  func deliver(_ batch: DeliveryBatch) -> DeliveryOutcome {
    settings.style == .stream ? stream(batch) : handle(batch)
  }

  /// Looks after the program while there is nothing for it.
  func look() {
    guard let running, let end = running.poll() else { return }
    let loss = running.unreadLoss()
    noteEnd("\(end)")
    log.warning("\(settings.name): \(settings.launch.program) ended by itself (\(end))\(loss.clause)")
  }

  /// Starts the program before its first batch comes, where it can be had; else the first batch tries again.
  func startEarly() {
    do throws(SystemError) {
      try start()
    } catch {
      noteEnd(settings.launch.failure(error))
      log.warning("\(settings.name): \(settings.launch.program) is not running: \(lastEnd)")
    }
  }

  /// The program reads the end of its input, and has `stopTimeout` to finish.
  func stop() {
    guard let running else { return }
    running.closeInput()
    if running.waitForEnd(until: SystemClock.monotonic() + settings.stopTimeout) == nil {
      let end = running.terminate(grace: Self.grace)
      let loss = running.unreadLoss().clause
      log.warning(
        "\(settings.name): \(settings.launch.program) did not end with its input and was given up (\(end))\(loss)")
    }
    self.running = nil
  }

  private func stream(_ batch: DeliveryBatch) -> DeliveryOutcome {
    look()
    guard let program = startedProgram() else {
      let now = SystemClock.monotonic()
      return .unavailable(
        reason: "\(settings.launch.program) is not running: \(lastEnd)",
        retryAfter: startAt > now ? startAt - now : nil)
    }
    switch write(batch, to: program) {
    case .done:
      if let end = program.poll() { return died(program, end) }
      isProven = true
      program.noteAcknowledged()
      return .acknowledged
    case .ended(let end):
      return died(program, end)
    case .stalled:
      let end = program.terminate(grace: Self.grace)
      warn(of: program.unreadLoss(), "read nothing and was given up (\(end))")
      noteEnd("it read nothing for \(settings.writeTimeout / 1_000_000) ms and was given up (\(end))")
      return .unavailable(reason: "\(settings.launch.program): \(lastEnd)", retryAfter: pause)
    }
  }

  private func died(_ program: RunningProgram, _ end: ProgramEnd) -> DeliveryOutcome {
    warn(of: program.unreadLoss(), "ended (\(end)) while it was given a batch")
    noteEnd("\(end)")
    return .refused(
      reason: "\(settings.launch.program) ended (\(end)) while it was given the batch", countsAttempts: true)
  }

  private func startedProgram() -> RunningProgram? {
    if let running { return running }
    guard SystemClock.monotonic() >= startAt else { return nil }
    do throws(SystemError) {
      try start()
    } catch {
      noteEnd(settings.launch.failure(error))
    }
    return running
  }

  /// Who refuses a batch tells why; what is lost besides is told here. At most once a start of the program, and these
  /// are `pause` apart, which doubles until one has run for `wellAfter`.
  private func warn(of loss: UnreadLoss, _ what: String) {
    guard loss != .none else { return }
    log.warning("\(settings.name): \(settings.launch.program) \(what)\(loss.clause)")
  }

  private func noteEnd(_ reason: String) {
    let now = SystemClock.monotonic()
    let wasWell = running.map { now - $0.started >= Self.wellAfter } ?? false
    pause = wasWell || pause == 0 ? settings.restartMin : min(settings.restartMax, 2 * pause)
    startAt = now + pause
    lastEnd = reason
    running = nil
  }

  private func write(_ batch: DeliveryBatch, to program: RunningProgram) -> RunningProgram.WriteEnd {
    buffer.removeAll(keepingCapacity: true)
    for gap in batch.gaps { json.append(gap, to: &buffer) }
    var end = RunningProgram.WriteEnd.done
    batch.forEachTrap { trap, octets in
      guard end == .done else { return }
      json.append(trap, octets, of: batch, to: &buffer)
      if buffer.count >= Self.chunkSize {
        end = program.write(buffer, timeout: settings.writeTimeout)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    if end == .done { end = program.write(buffer, timeout: settings.writeTimeout) }
    return end == .done && !isProven ? program.waitUntilRead(timeout: settings.writeTimeout) : end
  }
}
