internal import Synchronization
package import TrapBatching

/// Finds out for every trap where it goes: from the batch queue, through cache or holding area, to the log.
///
/// `start` runs it on a thread of its own; without one, whoever calls `turn` is its thread and its clock.
package final class Classifier: Sendable {
  /// Where sources of metadata post.
  package let answers: MetadataAnswers
  private let waker: Waker
  /// Only the classification thread takes this lock; it is never waited for.
  private let core: Mutex<ClassifierCore>
  private let orders = Mutex(ClassifierOrders())
  private let row = Mutex(ClassificationStatistics())
  private let thread = Mutex<StageThread?>(nil)

  package init(_ setup: ClassifierSetup) {
    waker = setup.waker
    let answers = MetadataAnswers(bound: setup.answersBound, waker: setup.waker)
    self.answers = answers
    core = Mutex(ClassifierCore(setup, answers: answers))
  }

  /// One round of bounded work: orders, answers, deadlines, at most one slab, requests. `now` is monotonic nanoseconds.
  package func turn(now: UInt64) -> Turn {
    let pending = orders.withLock { orders in
      let pending = orders
      orders = ClassifierOrders(isOver: pending.isOver)
      return pending
    }
    let (applied, questions, inquiries) = (pending.applied, pending.questions, pending.inquiries)
    let (result, statistics, replies) = core.withLock { core in
      core.apply(pending, now: now)
      // Before the turn, which asks metadata what they need.
      let replies = inquiries.compactMap { core.answer($0, now: now) }
      return (core.turn(now: now), core.statistics, replies + core.takeReplies())
    }
    for tell in applied + replies { tell() }
    reply(questions, now: now)
    if result == .finished { finish(now: now) }
    row.withLock { row in
      row = statistics
      row.refusedAnswers = answers.refusedAnswers
    }
    return result
  }

  package var statistics: ClassificationStatistics { row.withLock { $0 } }

  // MARK: - From any thread, applied at the next turn

  /// Forgets everything that is known, also what is being asked: it is asked for anew.
  package func invalidateAll() { order { $0.forgetAll() } }

  /// Forgets what is known of one source.
  package func invalidate(_ source: SourceAddress) { order { $0.forget(source) } }

  /// Takes other sources of metadata and another default route, and forgets everything that is known.
  package func replace(_ assignment: MetadataAssignment, timeoutRoute: RouteSetHandle?) {
    order { $0.replacement = (assignment, timeoutRoute) }
  }

  /// Replaces all subscriptions. `applied` runs on the classification thread: no trap that is placed later was decided
  /// by the former ones. After the classification's end it runs at once.
  package func subscribe(_ all: [Subscription], applied: @escaping @Sendable () -> Void = {}) {
    let prepared = Subscriptions(all)
    let isOver = orders.withLock { orders -> Bool in
      guard !orders.isOver else { return true }
      orders.subscriptions = prepared
      orders.applied.append(applied)
      return false
    }
    if isOver { applied() } else { waker.wake() }
  }

  /// Takes other listeners' policies, credentials and agents, all between the same two traps.
  package func replace(_ policies: ClassificationPolicies) { order { $0.policies = policies } }

  /// Once nothing arrives any more: routes what waits, gives what is held until `deadline` (monotonic nanoseconds) to
  /// be answered for, and gives up the rest as `unrouted[stopped]`.
  package func requestStop(deadline: UInt64) { order { $0.stopBy = deadline } }

  /// Nothing will be applied any more: whoever waits for it is told.
  private func finish(now: UInt64) {
    let (applied, questions, inquiries) = orders.withLock { orders in
      orders.isOver = true
      let left = (orders.applied, orders.questions, orders.inquiries)
      orders.applied = []
      orders.questions = []
      orders.inquiries = []
      return left
    }
    for tell in applied { tell() }
    reply(questions, now: now)
    reply(inquiries, now: now)
  }

  private func reply(
    _ questions: [(question: KeyQuestion, reply: @Sendable (KeyExplanation) -> Void)], now: UInt64
  ) {
    for (question, reply) in questions { reply(core.withLock { $0.explain(question, now: now) }) }
  }

  private func reply(_ inquiries: [ClassifierInquiry], now: UInt64) {
    for inquiry in inquiries {
      if let tell = core.withLock({ $0.answer(inquiry, now: now) }) { tell() }
    }
    for tell in core.withLock({ $0.takeReplies() }) { tell() }
  }

  internal func ask(_ inquiry: ClassifierInquiry) -> Bool {
    let isTaken = orders.withLock { orders -> Bool in
      guard !orders.isOver, orders.inquiries.count < ClassifierOrders.inquiriesMax else { return false }
      orders.inquiries.append(inquiry)
      return true
    }
    if isTaken { waker.wake() }
    return isTaken
  }

  internal func ask(_ question: KeyQuestion, _ reply: @escaping @Sendable (KeyExplanation) -> Void) -> Bool {
    let isTaken = orders.withLock { orders -> Bool in
      guard !orders.isOver, orders.questions.count < ClassifierOrders.questionsMax else { return false }
      orders.questions.append((question, reply))
      return true
    }
    if isTaken { waker.wake() }
    return isTaken
  }

  private func order(_ change: (inout ClassifierOrders) -> Void) {
    orders.withLock { change(&$0) }
    waker.wake()
  }

  // MARK: - The thread

  package func start(beat: LoopBeat) throws(StageThreadError) {
    try thread.withLock { thread throws(StageThreadError) in
      precondition(thread == nil, "the classification runs already")
      thread = try StageThread(name: "classification") { [self] in run(beat) }
    }
  }

  /// `requestStop`, and waits for the thread's end.
  package func stop(deadline: UInt64) {
    requestStop(deadline: deadline)
    let running = thread.withLock { $0.take() }
    running?.join()
  }

  private func run(_ beat: LoopBeat) {
    while true {
      let now = SystemClock.monotonic()
      beat.turn(now: now)
      switch turn(now: now) {
      case .busy: continue
      case .finished: return
      case .idle(let until):
        let wait = until.map { min($0 - now, LoopBeat.idleWaitMax) } ?? LoopBeat.idleWaitMax
        beat.rest(now: SystemClock.monotonic())
        waker.wait(nanoseconds: wait)
      }
    }
  }
}
