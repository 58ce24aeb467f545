internal import CNetSNMP
internal import Glibc
internal import Logging

/// What Net-SNMP logs, into our log: without its noise, and at a bounded rate. Belongs to the agent's thread.
internal enum NetSNMPLog {
  /// Lives from `install` to `remove`, both on the agent's thread, as does every call of the library's callback.
  nonisolated(unsafe) private static var sink: Sink?

  private final class Sink {
    let log: Logger
    var throttle = LogThrottle()
    /// nil for an agent that needs no master.
    var master: MasterPresence?
    init(_ log: Logger, master: MasterPresence?) { (self.log, self.master) = (log, master) }
  }

  internal static func install(_ log: Logger, mode: AgentMode?) {
    let master: MasterPresence? =
      switch mode {
      case .agentx(let address): MasterPresence(address: address)
      case .standalone, nil: nil
      }
    unsafe sink = Sink(log, master: master)
    snmp_disable_stderrlog()
    unsafe snmp_register_callback(
      CInt(SNMP_CALLBACK_LIBRARY), CInt(SNMP_CALLBACK_LOGGING),
      { _, _, message, _ in
        guard let message = unsafe message?.assumingMemoryBound(to: snmp_log_message.self).pointee,
          let text = unsafe message.msg
        else { return 0 }
        unsafe NetSNMPLog.write(String(cString: text), priority: message.priority)
        return 0
      }, nil)
    snmp_enable_calllog()
  }

  internal static func remove() {
    snmp_disable_calllog()
    unsafe sink = nil
  }

  private static func write(_ text: String, priority: CInt) {
    guard let sink = unsafe sink, let line = line(of: text) else { return }
    switch sink.master?.judge(line) ?? .unrelated {
    case .silent: return
    // Not throttled: a change needs an attempt, and these are a ping interval apart.
    case .notice(let text): return sink.log.notice("\(text)")
    case .unrelated: break
    }
    switch sink.throttle.decide(now: UInt64(max(time(nil), 0))) {
    case .silent: return
    case .write(let suppressed):
      let suffix = suppressed == 0 ? "" : " (\(suppressed) lines before it were left out)"
      sink.log.log(level: level(of: priority), "Net-SNMP: \(line)\(suffix)")
    }
  }

  /// The line without its end; nil for what is said at every start or every request and means nothing here.
  internal static func line(of text: String) -> String? {
    let line = String(text.reversed().drop { $0.isWhitespace || $0.isNewline }.reversed())
    let noise = [
      "Connection from ", "Received SNMP packet(s) from ", "Warning: no access control information configured",
      "Created directory: ",
    ]
    return line.isEmpty || noise.contains { line.hasPrefix($0) } || line.contains("It's unlikely this agent can serve")
      ? nil : line
  }

  /// syslog's priorities, 0 to 7.
  internal static func level(of priority: CInt) -> Logger.Level {
    switch priority {
    case ...2: .critical
    case 3: .error
    case 4: .warning
    case 5: .notice
    case 6: .info
    default: .debug
    }
  }
}
