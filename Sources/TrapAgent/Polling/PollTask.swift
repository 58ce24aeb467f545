package import TrapBatching
package import TrapControl
package import TrapSecurity

/// A request that has passed its checks, where it goes, and what the agent is to know it by.
package struct PollTask: Sendable {
  package let request: PollRequest
  package let address: SourceAddress
  package let port: UInt16
  package let credentials: Credentials

  package init(_ request: PollRequest, address: SourceAddress, port: UInt16, credentials: Credentials) {
    self.request = request
    self.address = address
    self.port = port
    self.credentials = credentials
  }

  internal struct Agent: Hashable {
    let address: SourceAddress
    let port: UInt16
  }

  internal var agent: Agent { Agent(address: address, port: port) }

  /// What it pins in memory while it waits: an estimate, in octets.
  internal var pinnedOctets: Int { 512 + request.oids.reduce(0) { $0 + 48 + $1.utf8.count } }

  internal var isVersion1: Bool {
    if case .community(_, isV1: true) = credentials.kind { true } else { false }
  }
}
