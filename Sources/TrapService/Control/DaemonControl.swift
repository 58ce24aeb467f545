internal import Logging
internal import Synchronization
internal import TrapBatching
internal import TrapClassification
internal import TrapControl
internal import TrapDispatch
internal import TrapEngines
internal import TrapLedger

/// What the daemon does on request: the control plane behind the HTTP API.
internal final class DaemonControl: ControlPlane {
  let parts: ControlParts
  /// What all registered engines write for their clients.
  let answers = AnswerBudget(bound: Limits.registrationOctets, isShared: true)
  /// Registrations of the file that could not be restored: they stay in it until somebody mends what is wrong, registers
  /// anew, or ends them.
  let stranded = Mutex<[String: KeptRegistration]>([:])
  /// The daemon as a whole, without its engines and its metadata.
  let overview: @Sendable () -> StatusView

  init(_ parts: ControlParts, overview: @escaping @Sendable () -> StatusView) {
    self.parts = parts
    self.overview = overview
  }

  /// nil for a caller of this machine.
  func token(_ caller: ControlCaller) -> Configuration.Token? {
    guard case .token(let name) = caller else { return nil }
    return parts.tokens.first { $0.name == name }
  }

  /// Throws 403 where the caller's token is for other engines.
  func check(_ caller: ControlCaller, mayUse name: String) throws(ControlProblem) {
    guard case .token(let tokenName) = caller else { return }
    guard let token = token(caller) else {
      throw ControlProblem(401, "the token is none of the configuration's")
    }
    guard token.engines?.contains(name) ?? true else {
      throw ControlProblem(403, "the token \(tokenName) is not for engine \(name)")
    }
  }

  /// Throws 403 where the caller's token is not for the daemon as a whole.
  func checkAdministrator(_ caller: ControlCaller) throws(ControlProblem) {
    guard case .token(let name) = caller else { return }
    guard token(caller)?.isAdmin == true else {
      throw ControlProblem(403, "the token \(name) is for engines only; use one with admin=\"yes\"")
    }
  }

  func member(_ name: String, _ caller: ControlCaller) throws(ControlProblem) -> EngineMember {
    try check(caller, mayUse: name)
    guard let member = parts.registry.atWork(name) else {
      throw unknown(name)
    }
    return member
  }

  func unknown(_ name: String) -> ControlProblem {
    ControlProblem(404, "there is no processing engine \(name); register it with PUT /v1/engines/\(name)")
  }

  func puller(_ name: String, _ caller: ControlCaller) throws(ControlProblem) -> (EngineMember, PullEngine) {
    let member = try member(name, caller)
    guard let pull = member.pull else {
      throw ControlProblem(409, "processing engine \(name) takes its batches by itself; only pull engines fetch them")
    }
    try check(caller, mayRead: member)
    return (member, pull)
  }

  /// Throws 403 where the caller's token has a filter that what is queued for the engine did not go through.
  private func check(_ caller: ControlCaller, mayRead member: EngineMember) throws(ControlProblem) {
    guard let token = token(caller), !token.filter.isEmpty, member.registration?.token != token.name else { return }
    throw ControlProblem(
      403,
      "the token \(token.name) has a filter, and \(member.engine.name) was not registered with it; use another name")
  }
}
