internal import Synchronization
internal import TrapDispatch

/// Brings batches from the dispatcher to an adapter's thread, in order. The engine's credits bound what waits here.
internal final class HandoverQueue: Sendable {
  enum Work {
    case batch(DeliveryBatch, BatchCompletion)
    case reopen
    /// Everything that was handed over has been taken.
    case stop
    case nothing
  }

  private struct State {
    var waiting: [(DeliveryBatch, BatchCompletion)] = []
    var isReopenWanted = false
    var isStopping = false
  }

  private let state = Mutex(State())
  private let pipe: WakePipe

  init() throws(SystemError) {
    pipe = try WakePipe()
  }

  /// To be polled for reading by the thread that takes.
  var raw: CInt { pipe.raw }

  func put(_ batch: DeliveryBatch, _ completion: BatchCompletion) {
    let isLate = state.withLock { state in
      if state.isStopping { return true }
      state.waiting.append((batch, completion))
      return false
    }
    if isLate {
      completion.complete(.unavailable(reason: "\(batch.engine) has been stopped"))
    } else {
      pipe.wake()
    }
  }

  func reopen() {
    state.withLock { $0.isReopenWanted = true }
    pipe.wake()
  }

  func stop() {
    state.withLock { $0.isStopping = true }
    pipe.wake()
  }

  var isStopping: Bool { state.withLock { $0.isStopping } }

  func take() -> Work {
    pipe.drain()
    return state.withLock { state in
      if state.isReopenWanted {
        state.isReopenWanted = false
        return .reopen
      }
      if !state.waiting.isEmpty {
        let (batch, completion) = state.waiting.removeFirst()
        return .batch(batch, completion)
      }
      return state.isStopping ? .stop : .nothing
    }
  }
}
