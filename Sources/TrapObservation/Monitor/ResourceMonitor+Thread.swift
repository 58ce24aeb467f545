internal import Synchronization
package import TrapBatching

// Time, and the delivery of events.
extension ResourceMonitor {
  /// Starts the thread that `deliver` is called on. `deliver` may update gauges and replace rules. While it does not
  /// return, events wait and timers are late.
  package func start(deliver: @escaping Delivery) throws(StageThreadError) {
    let thread = try StageThread(name: "monitor") { [self] in run(deliver) }
    state.withLock { $0.thread = thread }
  }

  /// Delivers what waits, also what waits for the end of a quiet time, and ends the thread. Not to be called from a
  /// delivery.
  package func stop() {
    let thread = state.withLock { state in
      state.isEnding = true
      return state.thread.take()
    }
    surroundings.waker.wake()
    thread?.join()
  }

  private func run(_ deliver: Delivery) {
    while !state.withLock({ $0.isEnding }) {
      let next = turn(deliver)
      let now = surroundings.clock()
      let pause = next.map { $0 > now ? $0 - now : 0 } ?? .max
      if pause > 0 { surroundings.waker.wait(nanoseconds: pause) }
    }
    for watch in state.withLock({ $0.watches }) { watch.tellPending() }
    deliverWaiting(deliver)
  }

  /// One turn of the thread: looks at what is due and delivers what waits. Returns when the next turn is due; nil: when
  /// it is woken. A delivery that causes further events does not keep timers from their time.
  internal func turn(_ deliver: Delivery) -> UInt64? {
    for watch in surroundings.timers.takeDue(now: surroundings.clock()) { watch.fire() }
    deliverWaiting(deliver)
    let next = surroundings.timers.next()
    return surroundings.ring.waiting > 0 ? 0 : next
  }

  private func deliverWaiting(_ deliver: Delivery) {
    for _ in 0..<surroundings.ring.waiting {
      guard let event = surroundings.ring.take() else { return }
      deliver(event)
    }
  }
}
