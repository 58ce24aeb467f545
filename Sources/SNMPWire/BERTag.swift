/// Identifier octets of SNMP messages (RFC 1157, RFC 3416 §3, RFC 3412 §6).
package enum BERTag {
  package static let integer: UInt8 = 0x02
  package static let octetString: UInt8 = 0x04
  package static let null: UInt8 = 0x05
  package static let objectIdentifier: UInt8 = 0x06
  package static let sequence: UInt8 = 0x30

  package static let ipAddress: UInt8 = 0x40
  package static let counter32: UInt8 = 0x41
  package static let unsigned32: UInt8 = 0x42
  package static let timeTicks: UInt8 = 0x43
  package static let opaque: UInt8 = 0x44
  package static let nsapAddress: UInt8 = 0x45
  package static let counter64: UInt8 = 0x46
  package static let uInteger32: UInt8 = 0x47

  package static let noSuchObject: UInt8 = 0x80
  package static let noSuchInstance: UInt8 = 0x81
  package static let endOfMibView: UInt8 = 0x82

  /// GetRequest to Report: every PDU that SNMP knows.
  package static let firstPDU: UInt8 = 0xA0
  package static let getRequest: UInt8 = 0xA0
  package static let response: UInt8 = 0xA2
  package static let report: UInt8 = 0xA8
  package static let trapV1: UInt8 = 0xA4
  package static let inform: UInt8 = 0xA6
  package static let trapV2: UInt8 = 0xA7
  package static let lastPDU: UInt8 = 0xA8
}
