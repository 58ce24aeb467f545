internal import SNMPWire

extension InventoryRoute {
  /// For people; that there is a community is told, and not which.
  package var text: String {
    var conditions: [String] = []
    if let trap { conditions.append("trap \(trap)") }
    if let versionText { conditions.append("version \(versionText)") }
    if let pduText { conditions.append("pdu \(pduText)") }
    if community != nil { conditions.append("a community") }
    let from = conditions.isEmpty ? "any trap" : conditions.joined(separator: ", ")
    return from + " → " + (engines.isEmpty ? "nowhere" : engines.joined(separator: " "))
  }
}
