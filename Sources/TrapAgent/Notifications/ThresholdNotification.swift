internal import TrapLedger
internal import TrapObservation

/// A threshold's event as TRAPLINE-MIB has it: traplineThresholdMinor, traplineThresholdMajor, traplineThresholdCleared.
internal enum ThresholdNotification {
  /// snmpTrapOID's last arc, below `{ trapline 0 }`.
  internal enum Kind: UInt {
    case minor = 1
    case major
    case cleared
  }

  /// Objects that only notifications carry: below `{ traplineObjects 10 }`.
  internal enum Object: UInt, CaseIterable {
    case daemon = 20
    case index, gauge, item, statistic, value, threshold, severity, changes, text

    var arcs: [UInt] { [1, 10, rawValue] }
  }

  private static let sysUpTime = ObjectName(arcs: [1, 3, 6, 1, 2, 1, 1, 3, 0])
  private static let snmpTrapOID = ObjectName(arcs: [1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0])

  internal static func kind(of event: ThresholdEvent) -> Kind {
    guard event.isRaise else { return .cleared }
    return event.severity == .major ? .major : .minor
  }

  /// sysUpTime and snmpTrapOID first (RFC 3416 §4.2.6). `upTime`: hundredths of a second.
  internal static func bindings(
    _ event: ThresholdEvent, daemon: String, base: ObjectName, upTime: UInt32
  ) -> [NotificationBinding] {
    let trap = base + [0, kind(of: event).rawValue]
    return [
      NotificationBinding(name: sysUpTime, value: .timeTicks(upTime)),
      NotificationBinding(name: snmpTrapOID, value: .objectID(trap)),
    ]
      + Object.allCases.map {
        NotificationBinding(name: base + ($0.arcs + [0]), value: value(of: $0, event, daemon))
      }
  }

  private static func value(
    of object: Object, _ event: ThresholdEvent, _ daemon: String
  ) -> NotificationBinding.Value {
    switch object {
    case .daemon: .text(daemon)
    case .index: .unsigned(event.index)
    case .gauge: .text(event.gauge.rawValue)
    case .item: .text(event.item)
    case .statistic: .text(event.statistic)
    // A rate may be negative, and a counter cannot: the text has the sign.
    case .value: .counter64(UInt64(max(0, event.value)))
    case .threshold: .counter64(UInt64(max(0, event.thresholdValue)))
    case .severity: .integer(event.severity == .major ? 2 : 3)
    case .changes: .unsigned(UInt32(clamping: event.changes))
    case .text: .text(event.text)
    }
  }
}
