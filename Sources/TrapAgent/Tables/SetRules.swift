internal import TrapBatching

/// What can be said of one binding of a SET by itself, in the order of RFC 3416 §4.2.5.
internal enum SetRules {
  internal static func refusal(of binding: SetBinding) -> SetError? {
    guard let column = SetColumn(binding.position) else { return .notWritable }
    if let error = refusal(of: binding.value, for: column) { return error }
    guard let key = binding.position.key(indexArcs: 1), key > 0 else { return .noCreation }
    return nil
  }

  private static func refusal(of value: WrittenValue, for column: SetColumn) -> SetError? {
    switch (column, value) {
    // ipv4(1), ipv6(2) of RFC 4001.
    case (.lookupAddressType, .integer(let type)): type == 1 || type == 2 ? nil : .wrongValue
    case (.lookupAddress, .octets(let octets)): octets.count == 4 || octets.count == 16 ? nil : .wrongLength
    case (.lookupStatus, .integer(let status)):
      [.active, .createAndGo, .destroy].contains(RowStatus(status)) ? nil : .wrongValue
    case (.deltaStatus, .integer(let status)):
      [.createAndGo, .destroy].contains(RowStatus(status)) ? nil : .wrongValue
    case (.deltaVariable, .name): nil
    default: .wrongType
    }
  }

  /// 4 octets, or 16; an IPv4-mapped address is the IPv4 one.
  internal static func address(_ octets: [UInt8]) -> SourceAddress? {
    let number = { (octets: ArraySlice<UInt8>) in octets.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
    switch octets.count {
    case 4: return SourceAddress(ipv4: UInt32(number(octets[...])))
    case 16: return SourceAddress(high: number(octets[..<8]), low: number(octets[8...]))
    default: return nil
    }
  }
}

extension RowStatus {
  internal init?(_ value: Int64) {
    guard let value = Int32(exactly: value) else { return nil }
    self.init(rawValue: value)
  }
}
