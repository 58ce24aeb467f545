package import Logging
internal import TrapBatching

/// Log lines on standard error: with the journal's priority prefix (sd-daemon(3)) where the journal listens, with a
/// time stamp elsewhere. Never on standard output, which belongs to data.
package struct StandardErrorLog: LogHandler {
  package var metadata = Logger.Metadata()
  package var logLevel = Logger.Level.info
  private let label: String
  private let forJournal: Bool
  private let writer: LogWriter

  internal init(label: String, forJournal: Bool, writer: LogWriter) {
    self.label = label
    self.forJournal = forJournal
    self.writer = writer
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let text = StandardErrorLog.printable("\(event.message)")
    let line = forJournal ? "<\(priority(event.level))>\(text)\n" : "\(timeOfDay()) \(name(event.level)) \(text)\n"
    writer.put(Array(line.utf8))
  }

  /// Names and texts that came from outside could steer a terminal or forge a line; control characters go.
  internal static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? "\u{FFFD}" : $0 }))
  }

  private func priority(_ level: Logger.Level) -> Int {
    switch level {
    case .critical: 2
    case .error: 3
    case .warning: 4
    case .notice: 5
    case .info: 6
    case .debug, .trace: 7
    }
  }

  private func name(_ level: Logger.Level) -> String {
    switch level {
    case .critical: "critical"
    case .error: "error:"
    case .warning: "warning:"
    default: ""
    }
  }

  /// UTC.
  private func timeOfDay() -> String {
    let second = SystemClock.wall() / 1_000_000_000 % 86_400
    let pad = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
    return "\(pad(second / 3600)):\(pad(second / 60 % 60)):\(pad(second % 60))Z"
  }
}
