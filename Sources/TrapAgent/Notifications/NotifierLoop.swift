internal import CNetSNMP
internal import Glibc
internal import Logging
internal import TrapBatching
internal import TrapObservation
internal import TrapSecurity

/// Sends what waits for the managers, on Net-SNMP's thread: one notification to each at a time, so that they arrive in
/// order.
// Whoever holds it only hands it to that thread, which alone looks into it.
internal final class NotifierLoop: @unchecked Sendable {
  /// Nanoseconds that a turn takes before it leaves the thread to others, and goes on in the next.
  private static let turnMax: UInt64 = 5_000_000

  private let lines: NotifierLines
  private let settings: NotifierSettings
  private let base: ObjectName
  private let log: Logger
  private let descriptor: CInt
  private let users = PollUsers.shared
  private var active: [UInt64: NotifierJob] = [:]
  private var lastID: UInt64 = 0
  private var alarm: UInt32 = 0
  private var throttle = LogThrottle()
  private var isClosed = false

  internal init?(_ lines: NotifierLines, _ settings: NotifierSettings, base: ObjectName, log: Logger) {
    self.lines = lines
    self.settings = settings
    self.base = base
    self.log = log
    descriptor = epoll_create1(CInt(EPOLL_CLOEXEC))
    guard descriptor >= 0 else { return nil }
  }

  deinit { Glibc.close(descriptor) }

  internal func open() {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe register_readfd(
      descriptor,
      { _, context in
        guard let context = unsafe context else { return }
        unsafe Unmanaged<NotifierLoop>.fromOpaque(context).takeUnretainedValue().readTurn()
      }, context)
  }

  /// What waits for a response is not waited for any more; traps that wait are sent.
  internal func close() {
    guard !isClosed else { return }
    turn()
    isClosed = true
    unregister_readfd(descriptor)
    for job in Array(active.values) { end(job, .failed("the daemon is stopping")) }
    for line in lines.all { line.abandon() }
    stopAlarm()
  }

  // MARK: Turns

  /// Begins what may begin, for a turn's time.
  internal func turn() {
    guard !isClosed else { return lines.all.forEach { $0.abandon() } }
    lines.beginTurn()
    let end = SystemClock.monotonic() + Self.turnMax
    for line in lines.all {
      while SystemClock.monotonic() < end, !isBusy(line), let event = line.take() { begin(event, line) }
    }
    // What is left goes on with the next alarm.
    let isIdle = active.isEmpty && lines.all.allSatisfy { $0.statistics.waiting == 0 }
    if isIdle { stopAlarm() } else { startAlarm() }
  }

  /// By the manager's name: at a reload the former line's notification may still be under way.
  private func isBusy(_ line: ManagerLine) -> Bool {
    active.values.contains { $0.manager.name == line.manager.name }
  }

  private func begin(_ event: ThresholdEvent, _ line: ManagerLine) {
    lastID += 1
    let job = NotifierJob(id: lastID, line, event, local: settings.local.engineID)
    active[job.id] = job
    if lines.isOwn(job.manager) {
      line.count(\.looping)
      return end(job, nil, "it is one of our own listeners: a notification to itself is not sent")
    }
    users.enterNobody()
    guard let session = PollSession.open(job.manager.target) else {
      return fail(job, errno == 0 ? "no session" : unsafe String(cString: strerror(errno)))
    }
    job.session = session
    if job.manager.isInform {
      var event = unsafe epoll_event()
      unsafe event.events = EPOLLIN.rawValue
      unsafe event.data.u64 = job.id
      guard unsafe epoll_ctl(descriptor, EPOLL_CTL_ADD, session.descriptor, &event) == 0 else {
        return fail(job, "no room for another socket")
      }
    }
    perform(job.begin(), job)
  }

  private func readTurn() {
    var events = unsafe [epoll_event](repeating: epoll_event(), count: 64)
    let count = unsafe epoll_wait(descriptor, &events, CInt(events.count), 0)
    for index in 0..<Int(max(count, 0)) {
      guard let job = active[unsafe events[index].data.u64], let reply = job.session?.read() else { continue }
      perform(job.take(reply), job)
    }
    turn()
  }

  private func timeTurn() {
    for job in Array(active.values) {
      if let step = job.parked {
        job.parked = nil
        perform(step, job)
      } else if let reply = job.session?.checkTime() {
        perform(job.take(reply), job)
      }
    }
    turn()
  }

  // MARK: Steps

  private func perform(_ step: NotifierJob.Step, _ job: NotifierJob) {
    switch step {
    case .finish(let outcome): end(job, outcome)
    case .probe: if let reason = job.session?.sendProbe() { fail(job, reason) }
    case .send: send(job)
    case .acquire(let user, let engineID):
      let outcome =
        job.manager.isInform ? users.acquire(user, engineID: engineID) : users.acquireLocal(user)
      switch outcome {
      case .ready: perform(job.hasEntry(engineID: engineID), job)
      case .busy:
        job.parked = step
        startAlarm()
      case .refused(let text): fail(job, text)
      }
    }
  }

  private func send(_ job: NotifierJob) {
    let upTime = (SystemClock.monotonic() &- settings.started) / 10_000_000
    let bindings = ThresholdNotification.bindings(
      job.event, daemon: settings.daemon, base: base, upTime: UInt32(truncatingIfNeeded: upTime))
    let speaksForUs = job.manager.user != nil && !job.manager.isInform
    let reason = job.session?.send(
      bindings, isInform: job.manager.isInform, local: speaksForUs ? settings.local.engineID : nil)
    if let reason { return fail(job, reason) }
    job.line.count(\.sent)
    if !job.manager.isInform { end(job, .sent) }
  }

  private func fail(_ job: NotifierJob, _ reason: String) { end(job, .failed(reason)) }

  private func end(_ job: NotifierJob, _ outcome: NotifierJob.Outcome?, _ note: String? = nil) {
    guard active.removeValue(forKey: job.id) != nil else { return }
    // Closing its socket takes it out of the epoll descriptor.
    job.session = nil
    if let engineID = job.engineID, let user = job.manager.user { users.release(user, engineID: engineID) }
    switch outcome {
    case .acknowledged: job.line.count(\.acknowledged)
    case .failed(let reason):
      job.line.count(\.failed)
      tell("\(job.manager): a notification has not arrived: \(reason)")
    case .sent, nil: break
    }
    if let note { tell("\(job.manager): \(note)") }
  }

  private func tell(_ text: String) {
    guard case .write(let suppressed) = throttle.decide(now: SystemClock.monotonic() / 1_000_000_000) else { return }
    log.warning("\(text)\(suppressed == 0 ? "" : " (\(suppressed) lines before it were left out)")")
  }

  // MARK: Time

  private func startAlarm() {
    guard alarm == 0 else { return }
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    alarm = unsafe snmp_alarm_register_hr(
      timeval(tv_sec: 0, tv_usec: 20_000), UInt32(SA_REPEAT),
      { _, context in
        guard let context = unsafe context else { return }
        unsafe Unmanaged<NotifierLoop>.fromOpaque(context).takeUnretainedValue().timeTurn()
      }, context)
  }

  private func stopAlarm() {
    guard alarm != 0 else { return }
    snmp_alarm_unregister(alarm)
    alarm = 0
  }
}
