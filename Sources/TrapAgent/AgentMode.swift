/// How the agent takes part in SNMP.
package enum AgentMode: Sendable, Equatable {
  /// Answers on its own address, as Net-SNMP writes it: `udp:127.0.0.1:1161`, `udp6:[::1]:1161`.
  case standalone(address: String)
  /// Joins a master agent over AgentX (RFC 2741) at its address: `unix:/var/agentx/master`, `tcp:localhost:705`.
  case agentx(address: String)

  package var address: String {
    switch self {
    case .standalone(let address), .agentx(let address): address
    }
  }
}
