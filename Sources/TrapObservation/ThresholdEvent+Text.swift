internal import TrapLedger

extension ThresholdEvent {
  /// What happened, in words: `engine.lag.bytes of alarms: absolute 70.1MiB reached 64MiB`.
  package var text: String {
    let unit = gauge.unit
    let what = item.isEmpty ? gauge.rawValue : "\(gauge.rawValue) of \(item)"
    let limit = unit.text(thresholdValue)
    let end: String
    switch reason {
    case .value where isRaise: end = kind.isAbove ? "reached \(limit)" : "fell to \(limit)"
    case .value: end = kind.isAbove ? "came back to \(limit)" : "came back up to \(limit)"
    case .itemGone: end = "ended, as the item has gone"
    case .ruleGone: end = "ended, as the threshold was taken out of the configuration"
    }
    let more = changes > 1 ? " (the last of \(changes) changes)" : ""
    return "\(what): \(statistic) \(unit.text(value)) \(end)\(more)"
  }
}
