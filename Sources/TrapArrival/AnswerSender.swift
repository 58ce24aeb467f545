internal import Synchronization
package import TrapBatching
package import TrapSecurity

/// Sends what goes back to the senders of notifications: responses to informs, and Reports to discoveries. One thread for
/// all listeners, so that neither a lane nor the classification ever waits for a socket.
///
/// It starts before the lanes, and stops after the classification has ended and before `Listener.closeSockets`, so that
/// what was accepted last is answered too. A socket that is closed all the same drops its answers and harms nobody.
package final class AnswerSender: AnswerSink {
  package let beat: LoopBeat
  internal let settings: AnswerSettings
  internal let tally = AnswerTally()
  internal let waker = Waker()
  internal let inbox: Mutex<AnswerInbox>
  internal let makeResponder: @Sendable () -> any DiscoveryResponder
  private let thread = Mutex<StageThread?>(nil)

  /// `now` is monotonic.
  package convenience init(
    local: LocalEngine, statistics: USMStatistics, settings: AnswerSettings = AnswerSettings(), now: UInt64
  ) {
    self.init(settings: settings, now: now) { USMResponder(local: local, statistics: statistics) }
  }

  /// `makeResponder` is called on the thread, which keeps what it makes to itself.
  internal init(
    settings: AnswerSettings, now: UInt64, makeResponder: @escaping @Sendable () -> any DiscoveryResponder
  ) {
    beat = LoopBeat(name: "answers", now: now)
    self.settings = settings
    self.makeResponder = makeResponder
    inbox = Mutex(AnswerInbox(settings))
  }

  package func start() throws(ArrivalError) {
    try thread.withLock { thread throws(ArrivalError) in
      guard thread == nil else { return }
      do throws(StageThreadError) {
        thread = try StageThread(name: beat.name) { self.run() }
      } catch {
        throw .threadUnavailable(error)
      }
    }
  }

  /// Takes nothing any more, sends what waits, and returns when the thread has ended.
  package func stop() {
    inbox.withLock { $0.isClosed = true }
    waker.wake()
    thread.withLock { $0 }?.join()
  }

  /// Answers to this listener leave by `sink`: a stream listener's own connections.
  package func route(listener: UInt16, to sink: any AnswerSink) { setRoute(listener, .sink(sink)) }

  internal func setRoute(_ listener: UInt16, _ route: AnswerRoute?) {
    inbox.withLock { $0.routes[listener] = route }
  }

  package func send(_ answer: Answer) -> Bool {
    let reported = AnswerSender.isReport(answer.octets.span) ? SystemClock.monotonic() : nil
    let (sink, isQueued, wakes) = inbox.withLock { inbox -> ((any AnswerSink)?, Bool, Bool) in
      guard !inbox.isClosed, let route = inbox.routes[answer.facts.listener] else { return (nil, false, false) }
      if case .sink(let sink) = route { return (sink, false, false) }
      // Reports to what the classification refused share the limits of the discoveries, or whoever invents a source could
      // have us send to it without end.
      if let now = reported, !inbox.limit.take(answer.facts.source, now: now) { return (nil, false, false) }
      let wasEmpty = inbox.isEmpty
      let isQueued = inbox.answers.append(answer.facts, answer.octets.span)
      return (nil, isQueued, isQueued && wasEmpty)
    }
    if wakes { waker.wake() }
    if let sink { return handOver(answer, to: sink) }
    if !isQueued { tally.addDropped() }
    return isQueued
  }

  internal func handOver(_ answer: Answer, to sink: any AnswerSink) -> Bool {
    let isTaken = sink.send(answer)
    if isTaken { tally.addSent() } else { tally.addDropped() }
    return isTaken
  }

  package var statistics: AnswerStatistics {
    var row = tally.statistics
    (row.waitingOctets, row.pinnedOctets) = inbox.withLock { ($0.waitingOctets, $0.pinnedOctets) }
    return row
  }
}
