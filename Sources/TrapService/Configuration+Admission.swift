internal import TrapArrival
internal import TrapSecurity

extension Configuration.Listener {
  /// Who may send, in the form that a lane checks. `local`: the engine that discoveries ask for.
  internal func admission(local: LocalEngine) -> Admission {
    var communities: [[UInt8]]?
    if case .communities(let secrets) = acceptance { communities = secrets.map(\.octets) }
    let policy: Admission.V3Policy =
      switch v3 {
      case .verify: .verify
      case .deliverRaw: .deliverRaw
      case .refuse: .refuse
      }
    return Admission(
      communities: communities, v3: policy, informs: informs == .answer ? .answer : .deliver, allow: allowed,
      deny: denied, discovery: reports == .none ? nil : local)
  }
}
