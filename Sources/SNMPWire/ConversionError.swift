/// Why a notification cannot be rewritten as another version's.
package enum ConversionError: Error, Equatable, CustomStringConvertible {
  case undecodable(BERError)
  /// RFC 3584 §3.2: SNMPv1 has no Counter64, and what holds one is not forwarded as SNMPv1.
  case counter64
  /// None of 2 to 128 subidentifiers.
  case noTrapOID

  package var description: String {
    switch self {
    case .undecodable(let error): "its PDU cannot be decoded: \(error)"
    case .counter64: "it holds a Counter64, which SNMPv1 does not have"
    case .noTrapOID: "it has no snmpTrapOID.0 that can be written"
    }
  }
}
