internal import CNetSNMP
internal import Glibc
internal import TrapBatching
internal import TrapControl
internal import TrapSecurity

/// The requests of all calls, on Net-SNMP's thread: as many under way as the settings allow, the others in line.
///
/// Its sessions are Net-SNMP's single ones, in one epoll descriptor that Net-SNMP's own wait knows; while anything is
/// under way an alarm looks every 20 ms for what has waited too long.
// Whoever holds it only hands it to that thread, which alone looks into it.
internal final class PollLoop: @unchecked Sendable {
  /// Nanoseconds that a turn takes before it leaves the thread to others, and goes on in the next.
  private static let turnMax: UInt64 = 5_000_000

  private let queue: PollQueue
  private let descriptor: CInt
  private var line = PollLine()
  private var active: [UInt64: PollJob] = [:]
  /// Those among `active` that wait for a user's entry.
  private var parked: [(PollJob, PollJob.Step)] = []
  private let users = PollUsers.shared
  private var lastID: UInt64 = 0
  private var alarm: UInt32 = 0
  private var isClosed = false

  internal init?(_ queue: PollQueue) {
    self.queue = queue
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
        unsafe Unmanaged<PollLoop>.fromOpaque(context).takeUnretainedValue().readTurn()
      }, context)
  }

  internal func close() {
    guard !isClosed else { return }
    isClosed = true
    unregister_readfd(descriptor)
    for place in line.removeAll(where: { _ in true }) { refuse(place) }
    for job in Array(active.values) { perform(job.fail("the daemon is stopping; ask again when it is back"), job) }
    fill()
  }

  internal func add(_ call: PollCall) {
    for index in call.tasks.indices {
      let place = PollLine.Place(call: call, index: index)
      if isClosed { refuse(place) } else { line.add(place, perAgent: queue.settings.perAgent) }
    }
    fill()
  }

  /// Ends what belongs to cancelled calls.
  internal func sweep() {
    for place in line.removeAll(where: { $0.call.isCancelled }) {
      finish(place, PollAnswer(agent: agent(place), status: .error, error: "cancelled"))
    }
    for job in Array(active.values) where job.call.isCancelled { perform(job.fail("cancelled"), job) }
    fill()
  }

  private func agent(_ place: PollLine.Place) -> String { place.call.tasks[place.index].request.agent }

  private func refuse(_ place: PollLine.Place) {
    finish(
      place,
      PollAnswer(agent: agent(place), status: .error, error: "the daemon is stopping; ask again when it is back"))
  }

  private func finish(_ place: PollLine.Place, _ answer: PollAnswer) {
    queue.leave(1)
    place.call.finish(place.index, answer)
  }

  // MARK: Turns

  /// Begins what may begin, for a turn's time.
  private func fill() {
    let settings = queue.settings
    let end = SystemClock.monotonic() + Self.turnMax
    while active.count < settings.outstanding, SystemClock.monotonic() < end {
      guard let place = line.next(perAgent: settings.perAgent) else { break }
      begin(place, settings)
    }
    if active.isEmpty && line.isEmpty { stopAlarm() } else { startAlarm() }
  }

  private func begin(_ place: PollLine.Place, _ settings: PollSettings) {
    lastID += 1
    let job = PollJob(id: lastID, place.call, place.index, queue)
    active[job.id] = job
    guard !place.call.isCancelled else { return perform(job.fail("cancelled"), job) }
    users.enterNobody()
    guard let session = PollSession.open(job.task.target(settings)) else {
      let reason = errno == 0 ? "no session" : unsafe String(cString: strerror(errno))
      return perform(job.fail("\(reason); is the agent's address right?"), job)
    }
    job.session = session
    var event = unsafe epoll_event()
    unsafe event.events = EPOLLIN.rawValue
    unsafe event.data.u64 = job.id
    guard unsafe epoll_ctl(descriptor, EPOLL_CTL_ADD, session.descriptor, &event) == 0 else {
      return perform(job.fail("no room for another socket"), job)
    }
    perform(job.begin(), job)
  }

  private func readTurn() {
    var events = unsafe [epoll_event](repeating: epoll_event(), count: 64)
    let end = SystemClock.monotonic() + Self.turnMax
    let count = unsafe epoll_wait(descriptor, &events, CInt(events.count), 0)
    for index in 0..<Int(max(count, 0)) {
      // What is left is still there in the next turn.
      guard SystemClock.monotonic() < end else { break }
      guard let job = active[unsafe events[index].data.u64], let reply = job.session?.read() else { continue }
      perform(job.take(reply), job)
    }
    fill()
  }

  private func timeTurn() {
    for job in Array(active.values) {
      guard let reply = job.session?.checkTime() else { continue }
      perform(job.take(reply), job)
    }
    fill()
  }

  // MARK: Steps

  private func perform(_ step: PollJob.Step, _ job: PollJob) {
    guard let session = job.session else {
      guard case .finish(let answer) = step else { preconditionFailure("a poll without a session goes on") }
      return end(job, answer)
    }
    switch step {
    case .finish(let answer): end(job, answer)
    case .probe: if let reason = session.sendProbe() { fail(job, reason) }
    case .send(let message): if let reason = session.send(message) { fail(job, reason) }
    case .acquire(let user, let engineID):
      switch users.acquire(user, engineID: engineID) {
      case .ready:
        job.engineID = engineID
        perform(job.ask(), job)
      case .busy: parked.append((job, step))
      case .refused(let text): perform(job.fail(text), job)
      }
    }
  }

  private func fail(_ job: PollJob, _ reason: String) { perform(job.fail("nothing can be sent: \(reason)"), job) }

  private func end(_ job: PollJob, _ answer: PollAnswer) {
    guard active.removeValue(forKey: job.id) != nil else { return }
    // Closing its socket takes it out of the epoll descriptor.
    job.session = nil
    line.finish(job.task.agent, perAgent: queue.settings.perAgent)
    finish(PollLine.Place(call: job.call, index: job.index), answer)
    guard let engineID = job.engineID, let user = job.task.credentials.user else { return }
    users.release(user, engineID: engineID)
    let again = parked
    parked = []
    for (job, step) in again where active[job.id] != nil { perform(step, job) }
  }

  // MARK: Time

  private func startAlarm() {
    guard alarm == 0 else { return }
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    alarm = unsafe snmp_alarm_register_hr(
      timeval(tv_sec: 0, tv_usec: 20_000), UInt32(SA_REPEAT),
      { _, context in
        guard let context = unsafe context else { return }
        unsafe Unmanaged<PollLoop>.fromOpaque(context).takeUnretainedValue().timeTurn()
      }, context)
  }

  private func stopAlarm() {
    guard alarm != 0 else { return }
    snmp_alarm_unregister(alarm)
    alarm = 0
  }
}
