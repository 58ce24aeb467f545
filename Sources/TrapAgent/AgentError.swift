/// Why the agent did not start. The description names what to do about it.
package enum AgentError: Error, Equatable, CustomStringConvertible {
  case badConfiguration(what: String, value: String, remedy: String)
  case addressUnusable(address: String, reason: String)
  case registrationRefused(baseOID: String, code: Int)
  case listenerUnusable(listener: String, address: String, reason: String)
  case identityUnusable(listener: String, reason: String)
  case alreadyStarted
  case threadUnavailable(reason: String)

  package var description: String {
    switch self {
    case .badConfiguration(let what, let value, let remedy): "agent: \(what) \(value) is not usable; \(remedy)"
    case .addressUnusable(let address, let reason):
      "agent: cannot listen on \(address): \(reason); another agent (snmpd, or a second Trapline) may have it: "
        + "find it with `ss -lunp`, or give the agent another address"
    case .registrationRefused(let baseOID, let code):
      "agent: Net-SNMP refused to register \(baseOID) (code \(code)); give the agent another base OID"
    case .listenerUnusable(let listener, let address, let reason):
      "listener \(listener): cannot listen on \(address): \(reason); find who has it with `ss -lntup`, or give the "
        + "listener another address"
    case .identityUnusable(let listener, let reason):
      "listener \(listener): TLS cannot start: \(reason); give it a certificate, its key and authorities as PEM files "
        + "that the daemon may read"
    case .alreadyStarted: "agent: Net-SNMP can be started once in a process; restart the daemon"
    case .threadUnavailable(let reason): "agent: no thread: \(reason); raise the limit on tasks"
    }
  }
}
