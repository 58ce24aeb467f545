package import SNMPWire
package import TrapBatching

extension Configuration {
  /// `<route>`: what all its conditions match goes to `engines`. A condition that is nil matches everything.
  package struct Route: Equatable, Sendable {
    package enum PDU: String, CaseIterable, Sendable {
      case trap
      case inform
    }

    package var source: AddressPrefix?
    /// Prefix of the trap OID.
    package var trap: ObjectIdentifier?
    package var version: SNMPVersion?
    package var community: Secret?
    package var pdu: PDU?
    /// Name of what `<security>` has for the source: to verify its SNMPv3 messages with, and to poll it.
    package var credentials: String?
    /// Of SNMPv3 messages from the source; nil: the listener's.
    package var minimumLevel: SecurityLevel?
    /// Names, in the order written, each once; never empty.
    package var engines: [String]
    package var attributes: [TrapAttribute]

    package init(engines: [String], attributes: [TrapAttribute] = []) {
      self.engines = engines
      self.attributes = attributes
    }
  }
}
