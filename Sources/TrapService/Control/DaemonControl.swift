internal import Logging
internal import TrapBatching
internal import TrapClassification
internal import TrapControl
internal import TrapDispatch
internal import TrapEngines
internal import TrapLedger

/// What the daemon does on request: the control plane behind the HTTP API.
internal final class DaemonControl: ControlPlane {
  let registry: EngineRegistry
  let classifier: Classifier
  let dispatcher: Dispatcher
  let eventQueue: EventQueue
  let ledger: Ledger
  let queue: ControlQueue
  let terms: RegistrationTerms
  let tokens: [Configuration.Token]
  let file: RegistrationFile
  let log: Logger
  /// The daemon as a whole, without its engines and its metadata.
  let overview: @Sendable () -> StatusView

  init(_ parts: ControlParts, overview: @escaping @Sendable () -> StatusView) {
    registry = parts.registry
    classifier = parts.classifier
    dispatcher = parts.dispatcher
    eventQueue = parts.eventQueue
    ledger = parts.ledger
    queue = parts.queue
    terms = parts.terms
    tokens = parts.tokens
    file = parts.file
    log = parts.log
    self.overview = overview
  }

  /// nil for a caller of this machine.
  func token(_ caller: ControlCaller) -> Configuration.Token? {
    guard case .token(let name) = caller else { return nil }
    return tokens.first { $0.name == name }
  }

  /// Throws 403 where the caller's token is for other engines.
  func check(_ caller: ControlCaller, mayUse name: String) throws(ControlProblem) {
    guard case .token(let tokenName) = caller else { return }
    guard let token = tokens.first(where: { $0.name == tokenName }) else {
      throw ControlProblem(401, "the token is none of the configuration's")
    }
    guard token.isAdmin || token.engines?.contains(name) ?? true else {
      throw ControlProblem(403, "the token \(tokenName) is not for engine \(name)")
    }
  }

  /// Throws 403 where the caller's token is not for the daemon as a whole.
  func checkAdministrator(_ caller: ControlCaller) throws(ControlProblem) {
    guard case .token(let name) = caller else { return }
    guard tokens.contains(where: { $0.name == name && $0.isAdmin }) else {
      throw ControlProblem(403, "the token \(name) is for engines only; use one with admin=\"yes\"")
    }
  }

  func member(_ name: String, _ caller: ControlCaller) throws(ControlProblem) -> EngineMember {
    try check(caller, mayUse: name)
    guard let member = registry[name] else {
      throw ControlProblem(404, "there is no processing engine \(name); register it with PUT /v1/engines/\(name)")
    }
    return member
  }

  func puller(_ name: String, _ caller: ControlCaller) throws(ControlProblem) -> (EngineMember, PullEngine) {
    let member = try member(name, caller)
    guard let pull = member.pull else {
      throw ControlProblem(409, "processing engine \(name) is one of the configuration that takes its batches by itself")
    }
    return (member, pull)
  }
}
