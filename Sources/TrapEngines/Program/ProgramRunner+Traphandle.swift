internal import Logging
internal import TrapBatching
internal import TrapDispatch

/// One run per trap, one at a time, so that the order stays. Gaps have no form here: the log has them.
extension ProgramRunner {
  func handle(_ batch: DeliveryBatch) -> DeliveryOutcome {
    for gap in batch.gaps {
      log.warning("\(settings.name): \(gap.count) traps missed (\(gap.first) to \(gap.last))")
    }
    var failure: DeliveryOutcome?
    batch.forEachTrap { trap, octets in
      guard failure == nil, !handled.contains(trap.sequence) else { return }
      failure = run(TraphandleText.text(trap, octets, communities: settings.json.communities))
      if failure == nil { handled.insert(trap.sequence) }
    }
    if let failure { return failure }
    batch.forEachTrap { trap, _ in handled.remove(trap.sequence) }
    // What the event queue lost of a batch that was begun never comes again.
    if handled.count > 65_536 { handled.removeAll() }
    return .acknowledged
  }

  /// Nil where the handler ended with status 0, or where no status can be seen, closed the connection.
  private func run(_ text: [UInt8]) -> DeliveryOutcome? {
    let name = settings.launch.program
    let program: RunningProgram
    do throws(SystemError) {
      program = try RunningProgram.start(settings, log: log)
    } catch {
      return .unavailable(reason: "\(name) is not running: \(settings.launch.failure(error))")
    }
    let deadline = SystemClock.monotonic() + settings.runTimeout
    // A handler that does not read its input may still do its work: where there is a status, only it counts.
    let written = program.writeWhileOpen(text, until: deadline)
    program.closeInput()
    guard written, let end = program.waitForEnd(until: deadline) else {
      let end = program.terminate(grace: 1_000_000_000)
      let fate = end == .left ? "given up" : "killed"
      return .refused(
        reason: "\(name) took longer than \(settings.runTimeout / 1_000_000_000) s and was \(fate) (\(end))",
        countsAttempts: true)
    }
    return end.isSuccess ? nil : .refused(reason: "\(name) ended with \(end)", countsAttempts: true)
  }
}
