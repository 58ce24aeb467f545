internal import SNMPWire
internal import TrapBatching

// The conditions of routes and selectors, for a trap that was described and not received.
extension KeyQuestion {
  func meets(_ route: Route) -> Likelihood {
    var result = meets(versions: route.versions).and(meets(pdus: route.pdus))
    if let prefix = route.trapPrefix { result = result.and(meets(prefix)) }
    if route.community != nil { result = result.and(version == .v3 ? .no : .maybe) }
    return result
  }

  func meets(_ selector: TrapSelector, listener: UInt16) -> Likelihood {
    guard selector.listeners.isEmpty || selector.listeners.contains(listener) else { return .no }
    guard selector.sources.isEmpty || selector.sources.contains(where: { $0.contains(source) }) else { return .no }
    let result = meets(versions: selector.versions).and(meets(pdus: selector.pdus))
    return selector.traps.isEmpty ? result : result.and(any(selector.traps.map(meets)))
  }

  func meets(anyOf selectors: [TrapSelector], listener: UInt16) -> Likelihood {
    any(selectors.map { meets($0, listener: listener) })
  }

  private func any(_ results: [Likelihood]) -> Likelihood {
    results.contains(.yes) ? .yes : results.contains(.maybe) ? .maybe : .no
  }

  private func meets(versions: [SNMPVersion]) -> Likelihood {
    versions.isEmpty || versions.contains(version) ? .yes : .no
  }

  private func meets(pdus: [NotificationKind]) -> Likelihood {
    guard !pdus.isEmpty else { return .yes }
    if let pdu { return pdus.contains(pdu) ? .yes : .no }
    let possible: [NotificationKind] =
      switch version {
      case .v1: [.trapV1]
      case .v2c: [.trapV2, .inform]
      case .v3: [.trapV2, .inform, .v3Encrypted]
      }
    if possible.allSatisfy(pdus.contains) { return .yes }
    return possible.contains(where: pdus.contains) ? .maybe : .no
  }

  private func meets(_ prefix: SNMPWire.ObjectIdentifier) -> Likelihood {
    guard let trap else { return .maybe }
    return trap.subidentifiers.starts(with: prefix.subidentifiers) ? .yes : .no
  }
}
