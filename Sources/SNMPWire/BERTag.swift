/// Identifier octets of SNMP messages (RFC 1157, RFC 3416 §3, RFC 3412 §6).
enum BERTag {
  static let integer: UInt8 = 0x02
  static let octetString: UInt8 = 0x04
  static let null: UInt8 = 0x05
  static let objectIdentifier: UInt8 = 0x06
  static let sequence: UInt8 = 0x30

  static let ipAddress: UInt8 = 0x40
  static let counter32: UInt8 = 0x41
  static let unsigned32: UInt8 = 0x42
  static let timeTicks: UInt8 = 0x43
  static let opaque: UInt8 = 0x44
  static let nsapAddress: UInt8 = 0x45
  static let counter64: UInt8 = 0x46
  static let uInteger32: UInt8 = 0x47

  static let noSuchObject: UInt8 = 0x80
  static let noSuchInstance: UInt8 = 0x81
  static let endOfMibView: UInt8 = 0x82

  /// GetRequest to Report: every PDU that SNMP knows.
  static let firstPDU: UInt8 = 0xA0
  static let trapV1: UInt8 = 0xA4
  static let inform: UInt8 = 0xA6
  static let trapV2: UInt8 = 0xA7
  static let lastPDU: UInt8 = 0xA8
}
