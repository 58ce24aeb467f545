internal import Synchronization
package import TrapControl
internal import TrapDispatch

extension PullEngine {
  /// Waits for a batch, `wait` nanoseconds at most; nil where none came, the task was cancelled or the engine stopped.
  package func next(wait: UInt64) async -> LentBatch? {
    let (sum, isPastTheEnd) = clock.now().addingReportingOverflow(wait)
    let deadline = isPastTheEnd ? UInt64.max : sum
    while !Task.isCancelled {
      let ticket = waiters.enter()
      defer { waiters.leave(ticket) }
      let now = clock.now()
      switch state.withLock({ $0.look(now: now) }) {
      case .batch(let batch, let form):
        guard !Task.isCancelled else {
          state.withLock { $0.giveBack(batch.id) }
          waiters.wakeAll()
          return nil
        }
        return message(batch, form.format, form.options)
      case .stopped:
        return nil
      case .nothing(let dueAt):
        guard now < deadline else { return nil }
        await pause(ticket, until: min(deadline, dueAt ?? deadline))
      }
    }
    return nil
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
