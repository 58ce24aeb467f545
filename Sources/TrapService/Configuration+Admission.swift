internal import TrapArrival

extension Configuration.Listener {
  /// Who may send, in the form that a lane checks.
  internal var admission: Admission {
    let policy: Admission.V3Policy = v3 == .deliverRaw ? .accept : .refuse
    switch acceptance {
    case .all: return Admission(communities: nil, v3: policy)
    case .communities(let secrets): return Admission(communities: secrets.map(\.octets), v3: policy)
    }
  }
}
