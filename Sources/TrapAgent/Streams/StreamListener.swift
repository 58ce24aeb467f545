package import TrapBatching

/// A listener for SNMP over TCP, TLS or DTLS. Its messages come on Net-SNMP's thread; answers go back by the connection
/// that they are for.
package final class StreamListener: AnswerSink {
  /// A whole message, its arrival facts, and whether the transport's security vouches for it: then it is in the form
  /// of `TSMEnvelope.normalized`, and verified already. Called on Net-SNMP's thread; returns at once.
  package typealias Delivery = @Sendable (ArrivalFacts, Span<UInt8>, Bool) -> Void
  /// Octets that are no message, or none of a size that is taken: once for the connection that ends with them.
  package typealias Refusal = @Sendable (ArrivalFacts) -> Void

  /// So many more datagrams the kernel had no room for. Called on Net-SNMP's thread; returns at once.
  package typealias Loss = @Sendable (UInt64) -> Void
  /// Something became of a connection. Called on Net-SNMP's thread; returns at once.
  package typealias Observation = @Sendable (StreamStatistics) -> Void

  package let settings: StreamSettings
  internal let deliver: Delivery
  internal let refuse: Refusal
  private let observe: Observation
  private let lose: Loss
  internal let counters = StreamCounters()
  internal let answers = StreamAnswers()

  package init(
    _ settings: StreamSettings, observe: @escaping Observation = { _ in }, lose: @escaping Loss = { _ in },
    refuse: @escaping Refusal = { _ in }, deliver: @escaping Delivery
  ) {
    self.settings = settings
    self.deliver = deliver
    self.refuse = refuse
    self.observe = observe
    self.lose = lose
  }

  package var statistics: StreamStatistics { counters.statistics }

  internal func countDrops(_ count: UInt64) {
    counters.add(.kernelDrops, count)
    lose(count)
  }

  internal func tell() { observe(statistics) }

  package func send(_ answer: Answer) -> Bool {
    let isTaken = answers.put(answer)
    if !isTaken { counters.add(.answersDropped) }
    return isTaken
  }
}
