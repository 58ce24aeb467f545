/// The type of a varbind's value (RFC 2578 §7, RFC 3416 §3), with Net-SNMP's Opaque-wrapped floats.
package enum SMIType: UInt8, CaseIterable, Sendable {
  case integer32
  case octetString
  case objectIdentifier
  case ipAddress
  case counter32
  case unsigned32
  case timeTicks
  case opaque
  case float
  case double
  case counter64
  case null
  case noSuchObject
  case noSuchInstance
  case endOfMibView

  /// The SMIv2 name, as in JSON.
  package var name: String {
    switch self {
    case .integer32: "Integer32"
    case .octetString: "OctetString"
    case .objectIdentifier: "ObjectIdentifier"
    case .ipAddress: "IpAddress"
    case .counter32: "Counter32"
    case .unsigned32: "Gauge32"
    case .timeTicks: "TimeTicks"
    case .opaque: "Opaque"
    case .float: "Float"
    case .double: "Double"
    case .counter64: "Counter64"
    case .null: "Null"
    case .noSuchObject: "noSuchObject"
    case .noSuchInstance: "noSuchInstance"
    case .endOfMibView: "endOfMibView"
    }
  }

  /// Nil for a tag that no varbind value has. UInteger32 and NsapAddress (RFC 1442) read as what replaced them.
  init?(tag: UInt8) {
    switch tag {
    case BERTag.integer: self = .integer32
    case BERTag.octetString, BERTag.nsapAddress: self = .octetString
    case BERTag.objectIdentifier: self = .objectIdentifier
    case BERTag.ipAddress: self = .ipAddress
    case BERTag.counter32: self = .counter32
    case BERTag.unsigned32, BERTag.uInteger32: self = .unsigned32
    case BERTag.timeTicks: self = .timeTicks
    case BERTag.opaque: self = .opaque
    case BERTag.counter64: self = .counter64
    case BERTag.null: self = .null
    case BERTag.noSuchObject: self = .noSuchObject
    case BERTag.noSuchInstance: self = .noSuchInstance
    case BERTag.endOfMibView: self = .endOfMibView
    default: return nil
    }
  }
}
