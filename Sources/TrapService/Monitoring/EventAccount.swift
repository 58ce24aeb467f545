internal import TrapLedger
internal import TrapObservation

/// A threshold's event as programs are told of it.
internal struct EventAccount: Sendable {
  let event: ThresholdEvent
  let daemon: String

  private var word: String { event.isRaise ? "raise" : "clear" }

  /// `NAME=VALUE` each.
  var variables: [String] {
    [
      "TRAPLINE_DAEMON=\(daemon)", "TRAPLINE_EVENT=\(word)", "TRAPLINE_SEVERITY=\(event.severity.rawValue)",
      "TRAPLINE_THRESHOLD_INDEX=\(event.index)", "TRAPLINE_GAUGE=\(event.gauge.rawValue)",
      "TRAPLINE_ITEM=\(event.item)", "TRAPLINE_STATISTIC=\(event.statistic)", "TRAPLINE_VALUE=\(event.value)",
      "TRAPLINE_THRESHOLD=\(event.thresholdValue)", "TRAPLINE_UNIT=\(event.gauge.unit.rawValue)",
      "TRAPLINE_TIME=\(WallTime.text(event.time))", "TRAPLINE_TEXT=\(event.text)",
    ]
  }

  /// One JSON object and a line feed.
  var json: [UInt8] {
    let texts = [
      ("daemon", daemon), ("event", word), ("severity", event.severity.rawValue), ("gauge", event.gauge.rawValue),
      ("item", event.item), ("statistic", event.statistic), ("type", event.kind.rawValue),
      ("reason", event.reason.rawValue), ("unit", event.gauge.unit.rawValue), ("time", WallTime.text(event.time)),
      ("text", event.text),
    ]
    let numbers = [
      ("index", "\(event.index)"), ("value", "\(event.value)"), ("threshold", "\(event.thresholdValue)"),
      ("changes", "\(event.changes)"),
    ]
    let members = texts.map { "\"\($0)\":\"\(Self.escaped($1))\"" } + numbers.map { "\"\($0)\":\($1)" }
    return Array(("{" + members.joined(separator: ",") + "}\n").utf8)
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case _ where scalar.value < 32:
        text += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
