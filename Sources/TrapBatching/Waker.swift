internal import Dispatch
internal import Synchronization

/// Lets one thread sleep until another has work for it, or until a deadline.
///
/// Wakes coalesce: any number before the sleeper looks count as one, and none is lost. One waiter only.
package final class Waker: Sendable {
  private let signalled = Atomic<Bool>(false)
  private let semaphore = DispatchSemaphore(value: 0)

  package init() {}

  package func wake() {
    if !signalled.exchange(true, ordering: .acquiringAndReleasing) { semaphore.signal() }
  }

  /// Returns when woken (true), or `nanoseconds` from now at the latest (false).
  @discardableResult
  package func wait(nanoseconds: UInt64) -> Bool {
    let limit = Int(min(nanoseconds, 3_600_000_000_000))
    guard semaphore.wait(timeout: .now() + .nanoseconds(limit)) == .success else { return false }
    signalled.store(false, ordering: .releasing)
    return true
  }
}
