internal import TrapObservation
internal import TrapSecurity

/// One notification from its first message to its end. Belongs to Net-SNMP's thread; calls nothing of it.
internal final class NotifierJob {
  internal enum Step {
    case probe
    case acquire(USMUser, engineID: [UInt8])
    case send
    case finish(Outcome)
  }

  internal enum Outcome: Equatable {
    /// Sent, and nothing comes back.
    case sent
    case acknowledged
    case failed(String)
  }

  internal let id: UInt64
  internal let line: ManagerLine
  internal let event: ThresholdEvent
  internal var session: PollSession?
  /// The engine at which it holds an entry of `PollUsers`.
  internal var engineID: [UInt8]?
  /// The step that waits for such an entry.
  internal var parked: Step?
  private let local: [UInt8]
  private var isProbing = false

  internal init(id: UInt64, _ line: ManagerLine, _ event: ThresholdEvent, local: [UInt8]) {
    self.id = id
    self.line = line
    self.event = event
    self.local = local
  }

  internal var manager: NotificationManager { line.manager }
  internal var isUnderWay: Bool { session != nil }

  /// An inform is for the manager's engine to check, whose ID it has to tell first; a trap is for ours (RFC 3414 §1.5.1).
  internal func begin() -> Step {
    guard let user = manager.user else { return .send }
    guard !user.name.contains(0) else { return .finish(.failed("a user name with a zero octet")) }
    guard manager.isInform else { return .acquire(user, engineID: local) }
    isProbing = true
    return .probe
  }

  internal func hasEntry(engineID: [UInt8]) -> Step {
    self.engineID = engineID
    isProbing = false
    return .send
  }

  internal func take(_ reply: PollReply) -> Step {
    switch reply {
    case .timeout: return .finish(.failed(silence))
    case .failed(let text): return .finish(.failed(text))
    case .report(.unknownEngineIDs, let engineID) where isProbing && (5...32).contains(engineID.count):
      guard let user = manager.user else { return .finish(.failed("an answer to a question that was not asked")) }
      return .acquire(user, engineID: engineID)
    case .report(let report, _): return .finish(.failed(report.text(manager.user.map(Self.name) ?? "")))
    case .response where isProbing: return .finish(.failed("a question for the engine ID is answered with a response"))
    case .response(0, _, _): return .finish(.acknowledged)
    case .response(let status, _, _): return .finish(.failed("the manager answers \(PollErrorStatus.name(status))"))
    }
  }

  private static func name(_ user: USMUser) -> String { String(decoding: user.name, as: UTF8.self) }

  private var silence: String {
    guard manager.user != nil else { return "no response; a manager does not answer a wrong community either" }
    return engineID == nil ? "no response" : "it tells its engine ID, and then nothing; compare priv and priv-secret"
  }
}
