internal import TrapControl
internal import TrapSecurity

/// One request from its first message to its answer: what to send next. Belongs to Net-SNMP's thread; calls nothing of
/// it.
internal final class PollJob {
  internal enum Step {
    case probe
    case acquire(USMUser, engineID: [UInt8])
    case send(PollMessage)
    case finish(PollAnswer)
  }

  internal let id: UInt64
  internal let call: PollCall
  internal let index: Int
  internal var session: PollSession?
  /// The entry of `PollUsers` that it holds.
  internal var engineID: [UInt8]?
  private let queue: PollQueue
  private let names: [ObjectName]
  private var isProbing = false
  private var varbinds: [PollVarbind] = []
  /// Of a walk: the OID below which it is, and where it is.
  private var root = 0
  private var last: ObjectName

  internal init(id: UInt64, _ call: PollCall, _ index: Int, _ queue: PollQueue) {
    self.id = id
    self.call = call
    self.index = index
    self.queue = queue
    names = call.tasks[index].request.oids.compactMap { ObjectName($0) }
    last = names.first ?? ObjectName(arcs: [])
  }

  internal var task: PollTask { call.tasks[index] }
  internal var request: PollRequest { task.request }
  private var operation: PollOperation { request.operation ?? .get }

  internal func begin() -> Step {
    guard !names.isEmpty, names.count == request.oids.count else { return fail("an OID that is none") }
    if task.isVersion1, operation == .getbulk {
      return fail("SNMPv1 has no GetBulk; use walk or getnext, or credentials of version 2c")
    }
    guard let user = task.credentials.user else { return ask() }
    guard !user.name.contains(0) else { return fail("a user name with a zero octet") }
    isProbing = true
    return .probe
  }

  internal func ask() -> Step {
    isProbing = false
    switch operation {
    case .get: return .send(PollMessage(kind: .get, names: names))
    case .getnext: return .send(PollMessage(kind: .next, names: names))
    case .getbulk:
      let kind = PollMessage.Kind.bulk(
        nonRepeaters: request.nonRepeaters ?? 0, maxRepetitions: request.maxRepetitions ?? 10)
      return .send(PollMessage(kind: kind, names: names))
    case .walk: return .send(walking())
    }
  }

  private func walking() -> PollMessage {
    // One beyond the limit tells whether there is more.
    let repetitions = min(request.maxRepetitions ?? 25, limit - varbinds.count + 1)
    let kind: PollMessage.Kind = task.isVersion1 ? .next : .bulk(nonRepeaters: 0, maxRepetitions: repetitions)
    return PollMessage(kind: kind, names: [last])
  }

  private var limit: Int { request.limit ?? PollRequest.limitDefault }

  internal func take(_ reply: PollReply) -> Step {
    guard !call.isCancelled else { return fail("cancelled") }
    switch reply {
    case .timeout: return .finish(answer(.timeout, silence))
    case .failed(let text): return fail(text)
    case .report(.unknownEngineIDs, let engineID) where isProbing && (5...32).contains(engineID.count):
      guard let user = task.credentials.user else { return fail("an answer to a question that was not asked") }
      return .acquire(user, engineID: engineID)
    case .report(let report, _): return fail(report.text(task.credentials.name))
    case .response where isProbing: return fail("the agent answers a question for its engine ID with a response")
    case .response(let status, let index, let bindings):
      return operation == .walk ? walk(status, bindings) : single(status, index, bindings)
    }
  }

  /// What silence may mean, where there is more to say than that nobody may be there.
  private var silence: String? {
    switch task.credentials.kind {
    case .community where varbinds.isEmpty: "no answer; an agent does not answer a wrong community either"
    case .user where engineID != nil && varbinds.isEmpty:
      "the agent tells its engine ID, and then nothing; it may be unable to decrypt: compare priv and priv-secret of "
        + "credentials \(task.credentials.name)"
    default: nil
    }
  }

  private func single(_ status: Int, _ index: Int, _ bindings: [PollBinding]) -> Step {
    guard status == 0 else { return fail(PollErrorStatus.name(status), index: index) }
    for binding in bindings where !keep(binding) { return tooMuch() }
    return finish(.okay)
  }

  private func walk(_ status: Int, _ bindings: [PollBinding]) -> Step {
    // How an SNMPv1 agent says that nothing follows (RFC 1157 §4.1.3).
    if status == PollErrorStatus.noSuchName, task.isVersion1 { return nextRoot() }
    guard status == 0 else { return fail(PollErrorStatus.name(status)) }
    guard !bindings.isEmpty else { return fail("the agent answers a walk with no varbind") }
    for binding in bindings {
      guard !binding.isEndOfView, binding.name.arcs.starts(with: names[root].arcs) else { return nextRoot() }
      guard last < binding.name else {
        return fail("the agent's OIDs do not increase: \(binding.name) after \(last); the walk would never end")
      }
      guard varbinds.count < limit else { return finish(.okay, truncated: true) }
      guard keep(binding) else { return tooMuch() }
      last = binding.name
    }
    return .send(walking())
  }

  private func nextRoot() -> Step {
    root += 1
    guard root < names.count else { return finish(.okay) }
    last = names[root]
    return .send(walking())
  }

  private func keep(_ binding: PollBinding) -> Bool {
    guard queue.hold(binding.varbind.pinnedOctets, for: call) else { return false }
    varbinds.append(binding.varbind)
    return true
  }

  private func tooMuch() -> Step {
    let reason = "the answers hold more octets than the daemon keeps; ask for less at a time"
    return .finish(answer(.error, reason, truncated: true))
  }

  internal func fail(_ text: String, index: Int? = nil) -> Step {
    var answer = answer(.error, text)
    answer.errorIndex = index.flatMap { $0 > 0 ? $0 : nil }
    return .finish(answer)
  }

  private func finish(_ status: PollAnswer.Status, truncated: Bool = false) -> Step {
    .finish(answer(status, nil, truncated: truncated))
  }

  private func answer(_ status: PollAnswer.Status, _ error: String?, truncated: Bool = false) -> PollAnswer {
    var answer = PollAnswer(agent: request.agent, status: status, varbinds: varbinds, error: error)
    answer.truncated = truncated ? true : nil
    return answer
  }
}
