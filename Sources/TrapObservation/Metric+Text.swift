extension Metric {
  /// Appends HELP, TYPE and a line for each sample; nothing where there is no sample.
  package func append(to text: inout [UInt8]) {
    guard !samples.isEmpty else { return }
    text += "# HELP \(name) ".utf8
    Metric.append(escaped: help, quoted: false, to: &text)
    text += "\n# TYPE \(name) \(kind.rawValue)\n".utf8
    for sample in samples {
      text += name.utf8
      Metric.append(sample.labels, to: &text)
      text.append(UInt8(ascii: " "))
      text += sample.value.text.utf8
      text.append(UInt8(ascii: "\n"))
    }
  }

  private static func append(_ labels: [Label], to text: inout [UInt8]) {
    guard !labels.isEmpty else { return }
    for (index, label) in labels.enumerated() {
      text.append(UInt8(ascii: index == 0 ? "{" : ","))
      text += label.name.utf8
      text += "=\"".utf8
      append(escaped: label.value, quoted: true, to: &text)
      text.append(UInt8(ascii: "\""))
    }
    text.append(UInt8(ascii: "}"))
  }

  /// A backslash and the end of a line are escaped everywhere, a double quote in labels alone.
  private static func append(escaped content: String, quoted: Bool, to text: inout [UInt8]) {
    for octet in content.utf8 {
      switch octet {
      case UInt8(ascii: "\\"): text += "\\\\".utf8
      case UInt8(ascii: "\n"): text += "\\n".utf8
      case UInt8(ascii: "\"") where quoted: text += "\\\"".utf8
      default: text.append(octet)
      }
    }
  }
}

extension Metric.Value {
  /// Counts are exact; a collector keeps them as floating point all the same.
  fileprivate var text: String {
    switch self {
    case .count(let count): "\(count)"
    case .signed(let count): "\(count)"
    case .nanoseconds(let time): "\(Double(time) / 1e9)"
    case .number(let number): number.isFinite ? "\(number)" : number.isNaN ? "NaN" : number > 0 ? "+Inf" : "-Inf"
    }
  }
}
