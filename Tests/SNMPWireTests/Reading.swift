import SNMPWire

/// Everything that can be read from a datagram, as text, so that a test compares it at one glance.
struct Reading: Equatable {
  var version: String
  var kind: NotificationKind
  var community: String
  var trapOID: String?
  var requestID: Int32?
  var uptime: UInt32?
  /// `name Type value` of each varbind but the two that `uptime` and `trapOID` come from.
  var varbinds: [String]

  /// Nil when the peek or the decoder refuses.
  init?(_ octets: [UInt8]) {
    guard let peek = try? TrapPeek.read(octets.span) else { return nil }
    self.init(octets, peek)
  }

  init?(_ octets: [UInt8], _ peek: TrapPeek) {
    guard let decoder = try? NotificationDecoder(octets.span, peek: peek) else { return nil }
    self.version = peek.version.name
    self.kind = peek.kind
    self.community = String(decoding: octets[peek.community], as: UTF8.self)
    self.requestID = decoder.requestID
    self.uptime = decoder.uptime
    var oid = TrapOID()
    self.trapOID = decoder.readTrapOID(into: &oid, from: octets.span) ? oid.description : nil
    self.varbinds = []
    var reader = decoder.varbinds
    while let varbind = try? reader.next(octets.span) {
      if !decoder.isHeader(varbind) { varbinds.append(Self.text(varbind, octets)) }
    }
  }

  static func text(_ varbind: Varbind, _ octets: [UInt8]) -> String {
    "\(oidText(octets, varbind.name)) \(varbind.type.name) \(value(varbind, octets))"
  }

  static func oidText(_ octets: [UInt8], _ content: Range<Int>) -> String {
    var text: [UInt8] = []
    OIDText.appendOID(octets.span, content, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private static func value(_ varbind: Varbind, _ octets: [UInt8]) -> String {
    switch varbind.type {
    case .integer32: String(varbind.integer(octets.span))
    case .counter32, .unsigned32, .timeTicks, .counter64: String(varbind.unsigned(octets.span))
    case .float: String(varbind.float(octets.span))
    case .double: String(varbind.double(octets.span))
    case .ipAddress: String(varbind.ipAddress(octets.span), radix: 16)
    case .objectIdentifier: oidText(octets, varbind.value)
    case .octetString, .opaque: Hex.text(Array(octets[varbind.value]))
    case .null, .noSuchObject, .noSuchInstance, .endOfMibView: Hex.text(Array(octets[varbind.value]))
    }
  }
}

extension TrapOID {
  /// Refills and says whether it could. (A span cannot stand inside `#expect`.)
  mutating func refill(_ content: [UInt8]) -> Bool {
    let found = fill(from: content.span, 0..<content.count)
    return found
  }

  /// Nil where the content breaks a bound.
  static func of(_ content: [UInt8]) -> TrapOID? {
    var oid = TrapOID()
    return oid.refill(content) ? oid : nil
  }
}
