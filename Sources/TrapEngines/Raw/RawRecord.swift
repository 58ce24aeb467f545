/// The numbers of the raw format, version 1 (`Documentation/RawFormat.md`).
internal enum RawRecord {
  /// "TRPL".
  static let magic: UInt32 = 0x5452_504C
  static let version: UInt8 = 1
  static let trap: UInt8 = 1
  static let gap: UInt8 = 2
  /// Of a trap's flags, whose low octet has the marks: the agent stands at the end of the header.
  static let agentFlag: UInt16 = 0x0100
  /// Magic, version, type, two reserved octets, header size, body size.
  static let prefixSize = 16
  /// The record's size once more, at its end.
  static let trailerSize = 4
  /// Nothing that Trapline writes is larger: 65,535 octets of datagram, and a header of names and attributes.
  static let sizeMax = 1 << 20
}
