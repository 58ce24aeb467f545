/// The varbinds that a rewritten notification keeps, as they stand: all but sysUpTime.0 and snmpTrapOID.0. And what they
/// say of where it came from (RFC 3584 §3.1).
struct RewrittenVarbinds {
  private(set) var octets: [UInt8] = []
  private(set) var hasCounter64 = false
  private(set) var hasTrapAddress = false
  private(set) var hasTrapCommunity = false
  private(set) var hasTrapEnterprise = false
  /// snmpTrapAddress.0, where it is an address.
  private(set) var trapAddress: UInt32?
  /// The content octets of snmpTrapEnterprise.0, where it is an object identifier.
  private(set) var trapEnterprise: [UInt8]?

  init(_ octets: Span<UInt8>, _ notification: NotificationDecoder) throws(ConversionError) {
    var reader = notification.varbinds
    do throws(BERError) {
      while true {
        let start = reader.offset
        guard let varbind = try reader.next(octets) else { return }
        guard !notification.isHeader(varbind) else { continue }
        note(varbind, octets)
        octets.copy(start..<reader.offset, to: &self.octets)
      }
    } catch {
      throw .undecodable(error)
    }
  }

  private mutating func note(_ varbind: Varbind, _ octets: Span<UInt8>) {
    if varbind.type == .counter64 { hasCounter64 = true }
    switch TrapOrigin(name: varbind.name, octets) {
    case .address:
      hasTrapAddress = true
      if varbind.type == .ipAddress { trapAddress = trapAddress ?? varbind.ipAddress(octets) }
    case .community: hasTrapCommunity = true
    case .enterprise:
      hasTrapEnterprise = true
      if varbind.type == .objectIdentifier { trapEnterprise = trapEnterprise ?? octets.copy(varbind.value) }
    case nil: break
    }
  }
}
