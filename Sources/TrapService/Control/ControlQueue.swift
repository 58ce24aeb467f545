internal import Dispatch
internal import TrapControl

/// Where the engines and the metadata sources are changed, one change after the other: by the API, by leases that end,
/// and by a reload. A change may wait for a stage's next turn, which no task of the API should.
internal final class ControlQueue: Sendable {
  private let queue = DispatchQueue(label: "control")

  /// From a task: suspends it until the change is made.
  func run<Value: Sendable>(
    _ change: @escaping @Sendable () throws(ControlProblem) -> Value
  ) async throws(ControlProblem) -> Value {
    let result = await withCheckedContinuation { (continuation: CheckedContinuation<Result<Value, ControlProblem>, Never>) in
      queue.async {
        continuation.resume(returning: Result { () throws(ControlProblem) -> Value in try change() })
      }
    }
    return try result.get()
  }

  /// From a thread that may wait.
  func wait<Value>(_ change: () -> Value) -> Value { queue.sync(execute: change) }

  func later(_ change: @escaping @Sendable () -> Void) { queue.async(execute: change) }
}
