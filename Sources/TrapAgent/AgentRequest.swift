internal import CNetSNMP
internal import TrapBatching

/// One variable binding that Net-SNMP hands to the handler: read and answered through its own pointer, which is valid
/// during that call only.
@safe internal struct AgentRequest {
  private let request: UnsafeMutablePointer<netsnmp_request_info>

  internal init(_ request: UnsafeMutablePointer<netsnmp_request_info>) { unsafe self.request = unsafe request }

  /// The binding that the call is about.
  internal var binding: UnsafeMutablePointer<netsnmp_variable_list>? { unsafe request.pointee.requestvb }

  internal var isInclusive: Bool { unsafe request.pointee.inclusive != 0 }

  /// A GETNEXT changes the name: what is read here is what is asked for until it is answered.
  internal func withName<R>(_ body: (Span<UInt>) -> R) -> R {
    guard let binding = unsafe request.pointee.requestvb, let arcs = unsafe binding.pointee.name else {
      return body([UInt]().span)
    }
    let name = unsafe UnsafeBufferPointer(start: arcs, count: binding.pointee.name_length)
    return unsafe body(name.span)
  }

  /// Refuses it, and so the whole SET.
  internal func refuse(_ error: SetError, of information: UnsafeMutablePointer<netsnmp_agent_request_info>) {
    unsafe netsnmp_set_request_error(information, request, CInt(error.rawValue))
  }

  internal func answerNoSuchObject() { unsafe netsnmp_request_set_error(request, CInt(tl_no_such_object)) }
  internal func answerNoSuchInstance() { unsafe netsnmp_request_set_error(request, CInt(tl_no_such_instance)) }

  internal func answer(_ value: ManagedValue, name: [UInt]) {
    unsafe snmp_set_var_objid(request.pointee.requestvb, name, name.count)
    answer(value)
  }

  internal func answer(_ value: ManagedValue) {
    let binding = unsafe request.pointee.requestvb
    switch value {
    case .counter64(let number):
      var wide = counter64(high: UInt(number >> 32), low: UInt(number & 0xffff_ffff))
      unsafe snmp_set_var_typed_value(binding, tl_asn_counter64, &wide, MemoryLayout<counter64>.size)
    case .gauge32(let number): unsafe snmp_set_var_typed_integer(binding, tl_asn_gauge32, Int(number))
    case .counter32(let number): unsafe snmp_set_var_typed_integer(binding, tl_asn_counter32, Int(number))
    case .integer(let number): unsafe snmp_set_var_typed_integer(binding, tl_asn_integer, Int(number))
    case .timeTicks(let number): unsafe snmp_set_var_typed_integer(binding, tl_asn_timeticks, Int(number))
    case .text(let text): answer(octets: text.utf8.prefix(255))
    case .octets(let octets): answer(octets: octets)
    case .address(let address): answer(address)
    case .date(let nanoseconds): answer(octets: DateAndTime.octets(nanoseconds: Int64(clamping: nanoseconds)))
    case .ipAddress(let address):
      let octets = (0..<4).map { UInt8(truncatingIfNeeded: address >> UInt32(24 - 8 * $0)) }
      unsafe snmp_set_var_typed_value(binding, tl_asn_ip_address, octets, octets.count)
    case .opaque(let octets): unsafe snmp_set_var_typed_value(binding, tl_asn_opaque, octets, octets.count)
    case .name(let arcs):
      let name = arcs.isEmpty ? [0, 0] : arcs.map { UInt($0) }
      unsafe snmp_set_var_typed_value(binding, tl_asn_object_id, name, name.count * MemoryLayout<oid>.size)
    }
  }

  private func answer(octets: some Collection<UInt8>) {
    let octets = Array(octets)
    unsafe snmp_set_var_typed_value(request.pointee.requestvb, tl_asn_octet_string, octets, octets.count)
  }

  private func answer(_ address: SourceAddress) {
    var octets = (address.high.bigEndian, address.low.bigEndian)
    unsafe withUnsafeBytes(of: &octets) { all in
      let part = unsafe address.isIPv4 ? UnsafeRawBufferPointer(rebasing: all.suffix(4)) : all
      unsafe snmp_set_var_typed_value(
        request.pointee.requestvb, tl_asn_octet_string, part.baseAddress, part.count)
    }
  }
}
