internal import CNetSNMP
internal import TrapControl

/// Net-SNMP's varbinds as ours.
internal enum PollValue {
  internal static func bindings(of pdu: UnsafeMutablePointer<netsnmp_pdu>) -> [PollBinding] {
    var bindings: [PollBinding] = []
    var next = unsafe pdu.pointee.variables
    while let binding = unsafe next {
      bindings.append(unsafe self.binding(binding))
      unsafe next = binding.pointee.next_variable
    }
    return bindings
  }

  private static func binding(_ binding: UnsafeMutablePointer<netsnmp_variable_list>) -> PollBinding {
    let name = unsafe ObjectName(
      arcs: UnsafeBufferPointer(start: binding.pointee.name, count: binding.pointee.name_length).map { UInt($0) })
    let (type, value) = unsafe typed(binding)
    return PollBinding(
      name: name, varbind: PollVarbind(oid: name.description, type: type, value: value),
      isEndOfView: unsafe binding.pointee.type == tl_end_of_mib_view)
  }

  /// The type's name is that of a trap's varbind in JSON.
  private static func typed(
    _ binding: UnsafeMutablePointer<netsnmp_variable_list>
  ) -> (String, PollVarbind.Value) {
    let type = unsafe binding.pointee.type
    switch type {
    case tl_no_such_object: return ("noSuchObject", .none)
    case tl_no_such_instance: return ("noSuchInstance", .none)
    case tl_end_of_mib_view: return ("endOfMibView", .none)
    case tl_asn_null: return ("Null", .none)
    case tl_asn_octet_string, tl_asn_nsap: return ("OctetString", text(unsafe octets(binding)))
    case tl_asn_opaque: return ("Opaque", .octets(unsafe octets(binding)))
    case tl_asn_ip_address:
      return ("IpAddress", .text(unsafe octets(binding).map(String.init).joined(separator: ".")))
    case tl_asn_object_id:
      let arcs = unsafe UnsafeBufferPointer(
        start: binding.pointee.val.objid, count: binding.pointee.val_len / MemoryLayout<oid>.size)
      return ("ObjectIdentifier", .text(unsafe arcs.map { String($0) }.joined(separator: ".")))
    default: return unsafe number(binding, type)
    }
  }

  private static func number(
    _ binding: UnsafeMutablePointer<netsnmp_variable_list>, _ type: UInt8
  ) -> (String, PollVarbind.Value) {
    guard let integer = unsafe binding.pointee.val.integer else { return ("Null", .none) }
    let unsigned = UInt64(UInt32(truncatingIfNeeded: unsafe integer.pointee))
    switch type {
    case tl_asn_integer: return ("Integer32", .signed(Int64(unsafe integer.pointee)))
    case tl_asn_counter32: return ("Counter32", .unsigned(unsigned))
    case tl_asn_gauge32, tl_asn_uinteger: return ("Gauge32", .unsigned(unsigned))
    case tl_asn_timeticks: return ("TimeTicks", .unsigned(unsigned))
    case tl_asn_counter64:
      let wide = unsafe binding.pointee.val.counter64.pointee
      return ("Counter64", .unsigned(UInt64(wide.high) << 32 | UInt64(wide.low) & 0xffff_ffff))
    case tl_asn_opaque_float:
      return floating("Float", Double(unsafe binding.pointee.val.floatVal.pointee))
    case tl_asn_opaque_double:
      return floating("Double", unsafe binding.pointee.val.doubleVal.pointee)
    default: return ("Opaque", .octets(unsafe octets(binding)))
    }
  }

  /// JSON has no number for what is none.
  private static func floating(_ type: String, _ number: Double) -> (String, PollVarbind.Value) {
    (type, number.isFinite ? .number(number) : .text("\(number)"))
  }

  private static func octets(_ binding: UnsafeMutablePointer<netsnmp_variable_list>) -> [UInt8] {
    guard let start = unsafe binding.pointee.val.string else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: start, count: binding.pointee.val_len))
  }

  /// Printable, as in a trap's varbinds: valid UTF-8 without control characters other than tab, line feed and carriage
  /// return.
  internal static func text(_ octets: [UInt8]) -> PollVarbind.Value {
    guard let text = String(validating: octets, as: UTF8.self),
      text.unicodeScalars.allSatisfy({ isPrintable($0.value) })
    else { return .octets(octets) }
    return .text(text)
  }

  private static func isPrintable(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 9, 10, 13: true
    case 0..<32, 127...159: false
    default: true
    }
  }
}
