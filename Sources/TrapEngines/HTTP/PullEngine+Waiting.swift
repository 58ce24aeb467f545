internal import Synchronization
package import TrapControl
internal import TrapDispatch

extension PullEngine {
  /// How long a fetch waits before it looks again whether there is room for its answer, in nanoseconds.
  private static let roomWait: UInt64 = 20_000_000

  /// Waits for a batch, `wait` nanoseconds at most; nil where none came, the task was cancelled or the engine stopped.
  /// Throws 429 where there is one, and no room for it to be written.
  package func next(wait: UInt64) async throws(ControlProblem) -> LentBatch? {
    let (sum, isPastTheEnd) = clock.now().addingReportingOverflow(wait)
    let deadline = isPastTheEnd ? UInt64.max : sum
    while !Task.isCancelled {
      let ticket = waiters.enter()
      defer { waiters.leave(ticket) }
      let now = clock.now()
      switch state.withLock({ $0.look(now: now) }) {
      case .batch(let batch, let form):
        if !Task.isCancelled, let answer = write(batch, form) { return answer }
        state.withLock { $0.giveBack(batch.id) }
        guard !Task.isCancelled else {
          waiters.wakeAll()
          return nil
        }
        // Others would find no room either, so they are left to wait.
        guard now < deadline else { throw Self.noRoom }
        await pause(ticket, until: min(deadline, now + Self.roomWait))
      case .stopped:
        return nil
      case .nothing(let dueAt):
        guard now < deadline else { return nil }
        await pause(ticket, until: min(deadline, dueAt ?? deadline))
      }
    }
    return nil
  }

  private static let noRoom = ControlProblem(
    429, "too many batches are on their way to clients that read slowly; fetch again in a second")

  /// The batch as a push would carry it, outside all locks; nil where there is no room.
  private func write(_ batch: DeliveryBatch, _ form: PullEngineForm) -> LentBatch? {
    let likely = BatchMessage.likelyOctets(batch, form.format)
    guard let share = answers.share(of: likely, for: name) else { return nil }
    let message = BatchMessage(batch, format: form.format, options: form.options)
    share.settle(message.body.capacity)
    var lent = LentBatch(id: batch.id.description, headers: message.headers, body: message.body)
    lent.share = share
    return lent
  }

  /// Until something changed, that instant, or cancellation.
  private func pause(_ ticket: UInt64, until: UInt64) async {
    let timer = Task { [clock, waiters] in
      await clock.sleep(until)
      waiters.wake(ticket)
    }
    await withTaskCancellationHandler {
      await waiters.wait(ticket)
    } onCancel: {
      waiters.wake(ticket)
    }
    timer.cancel()
  }
}
