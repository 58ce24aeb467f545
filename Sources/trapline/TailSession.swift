internal import TrapControl

/// One engine that registers, fetches, prints and acknowledges, until it is told to end.
struct TailSession {
  /// Why it ended by itself.
  enum End: Equatable { case interrupted, enough, readerGone, daemonGone(String) }

  /// Seconds of one long poll.
  private static let wait = 5
  /// Nanoseconds between two tries to reach a daemon: at first, and at most.
  private static let pauses: (first: UInt64, most: UInt64) = (500_000_000, 10_000_000_000)

  let client: APIClient
  let name: String
  let registration: EngineRegistration
  /// Whether a daemon that went away is waited for.
  let retries: Bool
  let interruption: Interruption
  var printer: TailPrinter

  /// Runs to its end, and takes the registration back. Throws where the daemon refuses what was asked of it.
  mutating func run() throws -> End {
    guard try register(again: false) else { return .interrupted }
    while true {
      do throws(APIError) {
        if let end = try turn() { return end }
      } catch {
        if interruption.isSet { return .interrupted }
        if let end = try recover(from: error) { return end }
      }
    }
  }

  /// Fetches one batch, writes it, and only then acknowledges it.
  private mutating func turn() throws(APIError) -> End? {
    guard let batch = try client.nextBatch(name, seconds: TailSession.wait) else {
      return interruption.isSet ? .interrupted : StandardOutput.isReaderGone ? .readerGone : nil
    }
    do throws(StandardOutput.Failure) {
      let isWhole = try printer.write(batch.body)
      guard isWhole else { return .enough }
    } catch {
      if case .failed = error { StandardError.print("tail: \(error)") }
      return .readerGone
    }
    do throws(APIError) {
      try client.acknowledge(name, batch: batch.id)
    } catch {
      // It took too long to write, and the batch was handed out again: the same traps come once more.
      guard error.status == 404 else { throw error }
      StandardError.print("tail: batch \(batch.id) was acknowledged too late; its traps may come again")
    }
    if printer.isDone { return .enough }
    return interruption.isSet ? .interrupted : nil
  }

  /// After a daemon that went away, or that no longer knows us: waits for it and registers again, or says the end.
  private mutating func recover(from error: APIError) throws -> End? {
    let isUnknown = error.status == 404
    guard error.isAway || isUnknown || error.status == 429 else { throw error }
    if error.status == 429 {
      interruption.pause(nanoseconds: TailSession.pauses.first)
      return nil
    }
    let reason = isUnknown ? "the registration has ended" : error.isAway ? "the daemon went away" : "\(error)"
    guard retries else { return .daemonGone(reason) }
    StandardError.print("tail: \(reason); registering again")
    guard try register(again: true) else { return .interrupted }
    StandardError.print("tail: registered again as \(name)")
    return nil
  }

  /// False where the interruption came first. Goes on where the last written trap ends: after a restart of the daemon
  /// there is nothing older, and within one run nothing comes twice or is left out.
  private func register(again: Bool) throws -> Bool {
    var registration = registration
    if again, let last = printer.last { registration.start = .sequence(last + 1) }
    var pause = TailSession.pauses.first
    var isSaid = again
    while !interruption.isSet {
      do throws(APIError) {
        _ = try client.register(name, registration)
        return true
      } catch {
        if interruption.isSet { return false }
        guard retries, error.isAway else { throw error }
        if !isSaid { StandardError.print("tail: \(error); waiting for it") }
        isSaid = true
      }
      interruption.pause(nanoseconds: pause)
      pause = min(pause * 2, TailSession.pauses.most)
    }
    return false
  }
}
