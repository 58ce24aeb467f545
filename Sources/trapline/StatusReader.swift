/// Where the readings of `status` come from: the ledger, and the API beside it.
struct StatusReader {
  let ledger: LedgerOptions
  let live: LiveStatus
  let former: Bool

  func read() throws -> DaemonStatus {
    if ledger.agent != nil, let source = try ledger.source() {
      return DaemonStatus(answer: try source.read(), now: BlastClock.wall())
    }
    guard let directory = StateDirectory.resolve(ledger.state) else {
      throw LedgerFileError.noneFound(looked: StateDirectory.candidates)
    }
    let present = try LedgerFile(directory: directory, former: former).read()
    let before = former ? nil : try? LedgerFile(directory: directory, former: true).read()
    var status = DaemonStatus(ledger: present, former: before, isFormer: former, now: BlastClock.wall())
    status.live = try live.read(beside: status, of: directory)
    return status
  }
}
