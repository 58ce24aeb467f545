internal import Synchronization
internal import TrapBatching
internal import TrapClassification

/// Requests on their way to the inventory's thread, which a disk can hold for as long as it likes: bounded.
internal final class SQLiteMetadataQueue: Sendable {
  typealias Asked = (request: MetadataRequest, answers: MetadataAnswers)

  /// Requests that wait; one that is asked again takes its earlier place.
  static let bound = 256

  private struct State {
    var waiting: [Asked] = []
    var isStopping = false
  }

  private let state = Mutex(State())
  private let waker = Waker()

  /// False where the bound is reached, or nobody takes any more.
  func put(_ request: MetadataRequest, _ answers: MetadataAnswers) -> Bool {
    let isTaken = state.withLock { state in
      guard !state.isStopping else { return false }
      if let place = state.waiting.firstIndex(where: { $0.request.id == request.id && $0.answers === answers }) {
        state.waiting[place] = (request, answers)
        return true
      }
      guard state.waiting.count < SQLiteMetadataQueue.bound else { return false }
      state.waiting.append((request, answers))
      return true
    }
    if isTaken { waker.wake() }
    return isTaken
  }

  /// The oldest.
  func take() -> Asked? {
    state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
  }

  func stop() {
    state.withLock { $0.isStopping = true }
    waker.wake()
  }

  var isStopping: Bool { state.withLock { $0.isStopping } }

  /// Returns when something was put, or `nanoseconds` from now at the latest.
  func wait(nanoseconds: UInt64) { waker.wait(nanoseconds: nanoseconds) }
}
