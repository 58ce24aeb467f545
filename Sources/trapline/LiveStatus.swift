internal import TrapControl
internal import TrapHTTP

/// What the daemon's API adds to the ledger.
struct LiveStatus {
  /// Why the API's answer does not go with the ledger.
  struct OtherDaemon: Error, CustomStringConvertible {
    let address: APIAddress
    let directory: String
    var description: String {
      "\(address) is the API of another daemon than the one that keeps its ledger in \(directory); "
        + "name the place of its ledger with --state DIR"
    }
  }

  /// A status page must not wait long for what it can do without.
  private static let timeout: UInt64 = 2_000_000_000
  /// The API counts from a moment later in the daemon's start than the ledger does.
  private static let startTolerance: Double = 10

  private let client: APIClient?
  /// Whether an API was named: then it has to answer.
  private let isForced: Bool

  /// `isWanted`: false where nothing of the present run's is shown, or an agent was asked.
  init(_ options: APIOptions, isWanted: Bool) throws {
    isForced = options.api != nil
    guard isWanted else {
      client = nil
      return
    }
    let timeout = LiveStatus.timeout
    client = isForced ? try options.client(timeout: timeout) : try? options.client(timeout: timeout)
  }

  /// nil where the daemon does not run, or nobody answers and nobody has to, or where the one that answers keeps
  /// another ledger.
  func read(beside status: DaemonStatus, of directory: String) throws -> StatusView? {
    guard let client, isForced || status.condition == .running else { return nil }
    do {
      let view = try client.status()
      if goesWith(status, view) { return view }
      guard isForced else { return nil }
      throw OtherDaemon(address: client.address, directory: directory)
    } catch {
      if isForced { throw error }
      return nil
    }
  }

  private func goesWith(_ status: DaemonStatus, _ view: StatusView) -> Bool {
    let up = status.now > status.ledger.started ? Double(status.now - status.ledger.started) / 1e9 : 0
    return status.ledger.boots == view.boots && abs(up - view.upSeconds) < LiveStatus.startTolerance
  }
}
