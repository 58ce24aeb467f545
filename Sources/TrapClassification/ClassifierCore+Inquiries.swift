internal import TrapBatching
internal import TrapSecurity

// Questions of other threads.
extension ClassifierCore {
  /// Returns the reply, to be made outside of the core; nil where it comes later.
  mutating func answer(_ inquiry: ClassifierInquiry, now: UInt64) -> (@Sendable () -> Void)? {
    switch inquiry {
    case .credentials(let agent, let listener, let reply):
      answerCredentials(of: agent, listener, reply, now: now)
      return nil
    case .engineTimes(let wall, let reply):
      let records = verifier.engineTimes(now: now, wall: wall)
      return { reply(records) }
    case .forget(let engineID, let reply):
      let isKnown = verifier.forget(engineID: engineID)
      return { reply(isKnown) }
    }
  }

  mutating func takeReplies() -> [@Sendable () -> Void] {
    guard !replies.isEmpty else { return [] }
    let taken = replies
    replies.removeAll()
    return taken.map { question, credentials in { question(credentials) } }
  }

  private mutating func answerCredentials(
    of agent: SourceAddress, _ listener: UInt16, _ reply: @escaping CredentialsQuestion, now: UInt64
  ) {
    let known = cache.entries(of: agent).filter { $0.key.listener == listener && now < $0.staleUntil }
    // What holds for SNMPv1 and v2c first.
    for entry in known.sorted(by: { $0.key.v3 == nil && $1.key.v3 != nil }) {
      guard let found = credentials(entry.resolution) else { continue }
      replies.append((reply, found))
      return
    }
    let isKnown = known.contains { $0.key.v3 == nil && now < $0.expires }
    let key = MetadataKey(listener: listener, source: agent)
    let hasRoom = questions.reduce(0) { $0 + $1.value.count } < ClassifierOrders.inquiriesMax
    if !isKnown, !isFinished, hasRoom { areas.refresh(key, now: now) }
    guard hasRoom, areas.pending[key] != nil else {
      replies.append((reply, nil))
      return
    }
    questions[key, default: []].append(reply)
  }

  /// A key that somebody asked about is settled.
  mutating func answerQuestions(about key: MetadataKey, _ resolution: Resolution) {
    guard !questions.isEmpty, let waiting = questions.removeValue(forKey: key) else { return }
    let found = credentials(resolution)
    replies += waiting.map { ($0, found) }
  }

  /// Nobody will answer any more.
  mutating func abandonQuestions() {
    for waiting in questions.values { replies += waiting.map { ($0, nil) } }
    questions.removeAll()
  }

  private func credentials(_ resolution: Resolution) -> Credentials? {
    guard case .program(let program) = resolution else { return nil }
    return program.given ?? program.credentials.flatMap { policies.credentials.named($0) }
  }
}
