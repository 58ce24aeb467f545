internal import TrapBatching
internal import TrapClassification
internal import TrapEngines
internal import TrapLedger
internal import TrapSecurity

// SNMPv3 through the same stages: what arrival leaves to the classification to verify.
extension HandTurnedPipeline {
  static func secure(_ setup: inout ClassifierSetup, _ users: CredentialsDirectory, _ line: ListenerLedger) {
    setup.policies = ClassificationPolicies(listeners: [ListenerProfile(line: line)], credentials: users)
    setup.localEngine = LocalEngine(engineID: [0x80, 0, 0x1F, 0x88, 5, 1], boots: 1, started: 0)
  }

  /// Lets the messages through in their order, and returns how many the engines have got so far.
  func run(_ messages: borrowing SealedTraps) -> UInt64 {
    var sent = 0
    while sent < messages.count {
      let end = min(sent + HandTurnedPipeline.group, messages.count)
      now += UInt64(end - sent) * HandTurnedPipeline.interval
      line.addArrived(UInt64(end - sent))
      batchQueue.putGroup(now: now) { put in
        for number in sent..<end {
          var facts = ArrivalFacts(received: Int64(now), source: messages.source(number), port: 50_000, listener: 0)
          facts.isDeferred = true
          let result = messages.withMessage(number) { put(facts, $0) }
          precondition(result == .queued, "the batch queue is full at message \(number)")
        }
      }
      sent = end
      turn()
    }
    now += HandTurnedPipeline.second
    turn()
    return engines.reduce(0) { $0 + $1.trapCount }
  }
}
