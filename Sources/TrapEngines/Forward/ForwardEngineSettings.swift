package import TrapBatching
package import TrapSecurity

/// Where a forward engine sends traps on to, and as what.
package struct ForwardEngineSettings: Sendable {
  package enum Version: Sendable { case same, v1, v2c, v3 }
  package enum PDU: Sendable { case same, trap, inform }

  package var name: String
  package var address: SourceAddress
  package var port: UInt16
  package var version = Version.same
  package var pdu = PDU.same
  /// Of SNMPv1 and v2c messages; nil: that of the trap, or `public` where it had none.
  package var community: [UInt8]?
  /// Of SNMPv3 messages.
  package var user: USMUser?
  /// msgFlags & 3 of SNMPv3 messages: at most what the user can do.
  package var level: UInt8 = 0
  /// Of SNMPv3 messages; empty: that of the trap.
  package var context: [UInt8] = []
  /// How long an inform waits for its response before it is sent again, in nanoseconds.
  package var timeout: UInt64 = 5_000_000_000
  /// How often it is sent again.
  package var retries = 3
  /// Informs that wait for their responses at once, at most.
  package var window = 64
  /// Who sends: of SNMPv3 traps the authoritative engine (RFC 3414 §1.5.1).
  package var local: LocalEngine

  package init(name: String, address: SourceAddress, port: UInt16, local: LocalEngine) {
    self.name = name
    self.address = address
    self.port = port
    self.local = local
  }

  /// Nothing is to be changed but, perhaps, the community or the seal.
  var keepsAll: Bool { version == .same && pdu == .same }

  /// What a datagram holds (RFC 768; an IPv4 header of 20 octets), and of that, what is left beside an SNMPv3 header.
  func octetsMax(isSealed: Bool) -> Int { isSealed ? 65_507 - 1024 : 65_507 }
}
