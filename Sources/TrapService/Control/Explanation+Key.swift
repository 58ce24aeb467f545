internal import SNMPWire
internal import TrapBatching
internal import TrapClassification
internal import TrapControl

// What the classification knows of a key, in the words of the API.
extension Explanation.Entry {
  init(_ entry: KeyExplanation.Entry, listeners: [String]) {
    let listener = Int(entry.key.listener)
    self.init(
      listener: listener < listeners.count ? listeners[listener] : "listener-\(listener)",
      metadata: "\(entry.metadata) (\(entry.kind))", state: entry.state.rawValue)
    engineID = entry.key.v3.map { Self.hexadecimal($0.engineID) }
    user = entry.key.v3.map { String(decoding: $0.userName, as: UTF8.self) }
    expiresSeconds = entry.expiresIn.map { Double($0) / 1e9 }
    isUndecided = entry.isUndecided
    heldTraps = entry.heldTraps
    requestID = entry.requestID.map { String($0) }
    routes = entry.routes.map { Explanation.Route($0) }
    credentials = entry.credentials
    level = entry.level == 0 ? nil : entry.level == 1 ? "authNoPriv" : "authPriv"
    decidedBy = entry.decidedBy
    engines = entry.engines
    attributes = Explanation.Route.dictionary(entry.attributes)
    because = entry.reasons
  }

  private static func hexadecimal(_ octets: [UInt8]) -> String {
    octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension Explanation.Route {
  fileprivate init(_ route: Route) {
    self.init()
    trap = route.trapPrefix?.description
    version = route.versions.map(\.name)
    pdu = route.pdus.map { $0 == .inform ? "inform" : $0 == .v3Encrypted ? "encrypted" : "trap" }
    hasCommunity = route.community != nil
    guard let handle = route.handle else { return }
    engines = handle.routeSet.engines
    attributes = Self.dictionary(handle.routeSet.attributes)
  }

  fileprivate static func dictionary(_ attributes: [TrapAttribute]) -> [String: String] {
    Dictionary(attributes.map { ($0.name, $0.value) }) { _, later in later }
  }
}
