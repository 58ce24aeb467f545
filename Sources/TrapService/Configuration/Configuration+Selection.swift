package import SNMPWire
package import TrapBatching

extension Configuration {
  /// One `<subscribe>` or `<filter>`, or an element of these lists in a registration: which traps.
  ///
  /// All lists that are not empty must match, any value of a list does. With all of them empty it is every trap.
  package struct Selection: Equatable, Sendable {
    package var sources: [AddressPrefix] = []
    /// Prefixes of the trap's SNMPv2 OID.
    package var traps: [ObjectIdentifier] = []
    package var versions: [SNMPVersion] = []
    /// Names of listeners that the configuration has.
    package var listeners: [String] = []
    package var pdus: [Route.PDU] = []

    package init() {}

    /// Every trap.
    package var isEmpty: Bool { self == Selection() }
  }
}
