internal import TrapBatching

/// The turns of a client's thread, and the transfers that are under way. Confined to that thread.
internal struct HTTPClientLoop {
  private let inbox: HTTPInbox
  private let tls: HTTPClientTLS
  private let beat: LoopBeat
  private var transfers: [TransferKey: Transfer] = [:]

  init(_ inbox: HTTPInbox, _ tls: HTTPClientTLS, _ beat: LoopBeat) {
    self.inbox = inbox
    self.tls = tls
    self.beat = beat
  }

  consuming func run() {
    var loop = self
    while loop.turn() {}
  }

  /// False at the end.
  private mutating func turn() -> Bool {
    beat.turn(now: SystemClock.monotonic())
    let (submissions, isLast) = inbox.take()
    if isLast {
      for submission in submissions { submission.completion(.failure(.stopped)) }
      for transfer in transfers.values {
        inbox.multi.remove(transfer)
        transfer.finish(.failure(.stopped))
      }
      transfers = [:]
      return false
    }
    for (make, completion) in submissions { begin(make(), completion) }
    inbox.multi.perform()
    while let (key, code) = inbox.multi.nextFinished() {
      guard let transfer = transfers.removeValue(forKey: key) else { continue }
      inbox.multi.remove(transfer)
      transfer.finish(transfer.result(code))
    }
    beat.rest(now: SystemClock.monotonic())
    inbox.multi.wait(milliseconds: CInt(LoopBeat.idleWaitMax / 1_000_000))
    return true
  }

  private mutating func begin(_ request: HTTPRequest, _ completion: @escaping HTTPClient.Completion) {
    do throws(HTTPFailure) {
      let transfer = try Transfer(request, completion)
      try transfer.configure(tls)
      transfers[transfer.key] = transfer
      inbox.multi.add(transfer)
    } catch {
      completion(.failure(error))
    }
  }
}
