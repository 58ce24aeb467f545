internal import DequeModule
internal import Synchronization
package import TrapBatching

/// Where sources of metadata put their answers, from any thread: bounded, and it wakes the classification thread.
package final class MetadataAnswers: Sendable {
  private struct State {
    var waiting = Deque<MetadataReport>()
    var octets = 0
    var refused: UInt64 = 0
  }

  /// Octets of answers not yet read.
  package let bound: Int
  private let waker: Waker
  private let state = Mutex(State())

  package init(bound: Int, waker: Waker) {
    self.bound = bound
    self.waker = waker
  }

  /// False where the bound is reached: the answer is dropped and counted, and its request will be asked again.
  @discardableResult
  package func post(_ answer: MetadataAnswer) -> Bool { post(.answer(answer)) }

  /// Says that this asking of a request got no answer, and why: it need not wait for its timeout. From any thread.
  /// `retryAfter` in nanoseconds: how long the source wants to be left alone. `isTimeout`: a timeout of the source's own
  /// has passed; without any answer meanwhile, that alone opens its circuit.
  package func fail(
    _ request: MetadataRequest, reason: String, retryAfter: UInt64? = nil, isTimeout: Bool = false
  ) {
    // Where the bound is reached the request waits for its timeout.
    _ = post(.failure(MetadataFailure(request, reason: reason, retryAfter: retryAfter, isTimeout: isTimeout)))
  }

  private func post(_ report: MetadataReport) -> Bool {
    let octets = report.pinnedOctets
    let (taken, wakes) = state.withLock { state -> (Bool, Bool) in
      // One answer always fits, so that a bound smaller than an answer delays but never starves.
      guard state.waiting.isEmpty || state.octets + octets <= bound else {
        state.refused += 1
        return (false, false)
      }
      state.waiting.append(report)
      state.octets += octets
      return (true, state.waiting.count == 1)
    }
    if wakes { waker.wake() }
    return taken
  }

  /// The oldest report.
  internal func take() -> MetadataReport? {
    state.withLock { state in
      guard let report = state.waiting.popFirst() else { return nil }
      state.octets -= report.pinnedOctets
      return report
    }
  }

  package var isEmpty: Bool { state.withLock { $0.waiting.isEmpty } }
  /// Answers dropped at the bound.
  package var refusedAnswers: UInt64 { state.withLock { $0.refused } }
}
