internal import Logging
internal import TrapBatching
internal import TrapDispatch

/// Keeps the program running and feeds it. Confined to the engine's thread once that runs.
internal final class ProgramRunner {
  internal let settings: ProgramEngineSettings
  internal let log: Logger
  private var json: TrapJSONWriter
  private var buffer: [UInt8] = []
  private var process: ProgramProcess?
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

  var outputRaw: CInt? { process?.outputRaw }

  func start() throws(SystemError) {
    process = try ProgramProcess.start(settings, log: log)
  }

  func deliver(_ batch: DeliveryBatch) -> DeliveryOutcome {
    settings.style == .stream ? stream(batch) : handle(batch)
  }

  /// Looks after the program while there is nothing for it.
  func look() {
    guard let exit = process?.poll() else { return }
    noteEnd("\(exit)")
    let loss = "up to 64 KiB of acknowledged traps may have stood unread in its input"
    log.warning("\(settings.name): \(settings.command[0]) ended by itself (\(exit)); \(loss)")
  }

  /// The program reads the end of its input, and has `stopTimeout` to finish.
  func stop() {
    guard let process else { return }
    process.closeInput()
    if process.waitForEnd(until: SystemClock.monotonic() + settings.stopTimeout) == nil {
      let exit = process.terminate(grace: Self.grace)
      log.warning("\(settings.name): \(settings.command[0]) did not end with its input and was stopped (\(exit))")
    }
    self.process = nil
  }

  private func stream(_ batch: DeliveryBatch) -> DeliveryOutcome {
    look()
    guard let process = running() else {
      let now = SystemClock.monotonic()
      return .unavailable(
        reason: "\(settings.command[0]) is not running: \(lastEnd)", retryAfter: startAt > now ? startAt - now : nil)
    }
    switch write(batch, to: process) {
    case .done:
      guard let exit = process.poll() else { return .acknowledged }
      return died(exit)
    case .ended(let exit):
      return died(exit)
    case .stalled:
      let exit = process.terminate(grace: Self.grace)
      noteEnd("it read nothing for \(settings.writeTimeout / 1_000_000) ms and was stopped (\(exit))")
      return .unavailable(reason: "\(settings.command[0]): \(lastEnd)", retryAfter: pause)
    }
  }

  private func died(_ exit: ChildExit) -> DeliveryOutcome {
    noteEnd("\(exit)")
    return .refused(reason: "\(settings.command[0]) ended (\(exit)) while it was given the batch", countsAttempts: true)
  }

  private func running() -> ProgramProcess? {
    if let process { return process }
    guard SystemClock.monotonic() >= startAt else { return nil }
    do throws(SystemError) {
      try start()
    } catch {
      noteEnd("it cannot be started: \(error)")
    }
    return process
  }

  private func noteEnd(_ reason: String) {
    let now = SystemClock.monotonic()
    let wasWell = process.map { now - $0.started >= Self.wellAfter } ?? false
    pause = wasWell || pause == 0 ? settings.restartMin : min(settings.restartMax, 2 * pause)
    startAt = now + pause
    lastEnd = reason
    process = nil
  }

  private func write(_ batch: DeliveryBatch, to process: ProgramProcess) -> ProgramProcess.WriteEnd {
    buffer.removeAll(keepingCapacity: true)
    for gap in batch.gaps { json.append(gap, to: &buffer) }
    var end = ProgramProcess.WriteEnd.done
    batch.forEachTrap { trap, octets in
      guard end == .done else { return }
      json.append(trap, octets, of: batch, to: &buffer)
      if buffer.count >= Self.chunkSize {
        end = process.write(buffer, timeout: settings.writeTimeout)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    return end == .done ? process.write(buffer, timeout: settings.writeTimeout) : end
  }
}
