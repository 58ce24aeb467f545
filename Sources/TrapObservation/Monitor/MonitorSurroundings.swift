internal import TrapBatching

/// What watches need of the monitor.
internal final class MonitorSurroundings: Sendable {
  let clock: ResourceMonitor.Clock
  let wall: ResourceMonitor.Clock
  let waker = Waker()
  let timers: MonitorTimers
  let ring: EventRing

  init(clock: @escaping ResourceMonitor.Clock, wall: @escaping ResourceMonitor.Clock, events: Int) {
    self.clock = clock
    self.wall = wall
    timers = MonitorTimers(waker: waker)
    ring = EventRing(capacity: events)
  }

  func tell(_ event: ThresholdEvent) {
    if ring.put(event) { waker.wake() }
  }
}
