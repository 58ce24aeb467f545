extension Limits {
  /// The sum as lines of text: what takes how much, and what of the event queue is whose.
  package var table: [String] {
    var lines = ["Bounds in octets, derived where the configuration says nothing:"]
    lines += rows.map { Limits.line($0.name, $0.octets) }
    lines.append(Limits.line("together", total))
    lines.append(Limits.line("memory limit", memoryLimit))
    lines.append("Of the event queue:")
    for engine in engines {
      lines.append(Limits.line("engine \(engine.name): at most", engine.bound))
      lines.append(Limits.line("engine \(engine.name): reserve", engine.reserve))
    }
    return lines
  }

  private static func line(_ name: String, _ octets: Int) -> String {
    let number = String(octets)
    return "  \(number.padded(to: 14))  \(name)"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
