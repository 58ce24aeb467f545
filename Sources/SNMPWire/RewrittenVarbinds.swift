/// The varbinds that a rewritten notification keeps, as they stand: all but sysUpTime.0 and snmpTrapOID.0.
struct RewrittenVarbinds {
  private(set) var octets: [UInt8] = []
  /// Encoded.
  private(set) var names: [[UInt8]] = []
  /// snmpTrapAddress.0.
  private(set) var trapAddress: UInt32?
  /// The content octets of snmpTrapEnterprise.0.
  private(set) var trapEnterprise: [UInt8]?
  private(set) var hasCounter64 = false

  init(_ octets: Span<UInt8>, _ notification: NotificationDecoder) throws(ConversionError) {
    var reader = notification.varbinds
    do throws(BERError) {
      while true {
        let start = reader.offset
        guard let varbind = try reader.next(octets) else { return }
        guard !notification.isHeader(varbind) else { continue }
        add(varbind, octets)
        self.octets += octets.copy(start..<reader.offset)
      }
    } catch {
      throw .undecodable(error)
    }
  }

  private mutating func add(_ varbind: Varbind, _ octets: Span<UInt8>) {
    let name = octets.copy(varbind.name)
    names.append(name)
    switch varbind.type {
    case .counter64: hasCounter64 = true
    case .ipAddress where name == NotificationRewriter.snmpTrapAddress: trapAddress = varbind.ipAddress(octets)
    case .objectIdentifier where name == NotificationRewriter.snmpTrapEnterprise:
      trapEnterprise = octets.copy(varbind.value)
    default: break
    }
  }
}

extension Span<UInt8> {
  func copy(_ range: Range<Int>) -> [UInt8] {
    var copied: [UInt8] = []
    copied.reserveCapacity(range.count)
    for index in range { copied.append(self[index]) }
    return copied
  }
}

extension BERWriter {
  /// An IPv4 address, first octet highest.
  static func fourOctets(_ address: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: address >> UInt32($0)) }
  }
}
