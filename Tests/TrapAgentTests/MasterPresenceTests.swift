import Testing

@testable import TrapAgent

@Suite("The AgentX master's presence")
struct MasterPresenceTests {
  /// As Net-SNMP 5.9.3 logs them.
  static let failed = "Warning: Failed to connect to the agentx master agent (unix:/run/master): Unknown host ()"
  static let connected = "NET-SNMP version 5.9.3 AgentX subagent connected"
  static let lost = "AgentX master disconnected us, reconnecting in 2"

  static let absentNotice = MasterPresence.Verdict.notice(
    "no AgentX master at unix:/run/master; start snmpd with `master agentx`, and let the daemon's user open the socket")
  static let connectedNotice = MasterPresence.Verdict.notice("connected to the AgentX master at unix:/run/master")

  @Test("a master that does not come is told once, one that comes once, and one that goes once")
  func changes() {
    var presence = MasterPresence(address: "unix:/run/master")
    let lines = [
      Self.failed, Self.failed, Self.failed, Self.connected, Self.connected, Self.lost, Self.failed, Self.failed,
      Self.connected,
    ]
    #expect(
      lines.map { presence.judge($0) } == [
        Self.absentNotice, .silent, .silent, Self.connectedNotice, .silent, Self.absentNotice, .silent, .silent,
        Self.connectedNotice,
      ])
  }

  @Test("a master that hangs is absent, and an attempt alone changes nothing")
  func hanging() {
    var presence = MasterPresence(address: "unix:/run/master")
    let attempt = "AgentX session to master agent attempted to be re-opened."
    let hangs = "AgentX master agent failed to respond to ping.  Attempting to re-register."
    #expect(presence.judge(Self.connected) == Self.connectedNotice)
    #expect(presence.judge(hangs) == Self.absentNotice)
    #expect(presence.judge(attempt) == .silent)
    #expect(presence.judge(Self.connected) == Self.connectedNotice)
  }

  @Test(
    "what says nothing of the master is left to the log",
    arguments: ["getaddrinfo: udp:[::1]:1161 unknown", "", "Turning on AgentX master support."])
  func unrelated(line: String) {
    var presence = MasterPresence(address: "unix:/run/master")
    #expect(presence.judge(line) == .unrelated)
  }
}
