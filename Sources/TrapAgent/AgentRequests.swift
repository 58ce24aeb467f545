internal import CNetSNMP

/// The variable bindings that Net-SNMP hands to the handler in one call: read and answered through its own pointers,
/// which are valid during that call only.
@safe internal struct AgentRequests {
  private let information: UnsafeMutablePointer<netsnmp_agent_request_info>
  private let requests: [UnsafeMutablePointer<netsnmp_request_info>]

  internal init(
    information: UnsafeMutablePointer<netsnmp_agent_request_info>, first: UnsafeMutablePointer<netsnmp_request_info>?
  ) {
    unsafe self.information = unsafe information
    unsafe requests = unsafe sequence(first: first) { unsafe $0?.pointee.next }
      .prefix { unsafe $0 != nil }.compactMap { unsafe $0 }.filter { unsafe $0.pointee.processed == 0 }
  }

  internal var mode: CInt { unsafe information.pointee.mode }

  internal var isVersion1: Bool {
    guard let session = unsafe information.pointee.asp, let pdu = unsafe session.pointee.pdu else { return false }
    return unsafe pdu.pointee.version == SNMP_VERSION_1
  }

  /// Net-SNMP's opaque address of whoever asks. Through AgentX every manager has the master's.
  internal var peer: [UInt8] {
    guard let session = unsafe information.pointee.asp, let pdu = unsafe session.pointee.pdu,
      let address = unsafe pdu.pointee.transport_data, unsafe pdu.pointee.transport_data_length > 0
    else { return [] }
    return unsafe [UInt8](UnsafeRawBufferPointer(start: address, count: Int(pdu.pointee.transport_data_length)))
  }

  internal var names: [ObjectName] { unsafe requests.map { unsafe Self.name(of: $0) } }

  internal func answerGet(from table: ObjectTable) { answerGet { table.value(at: $0) } }

  internal func answerGet(_ lookUp: (ObjectName) -> ObjectTable.Lookup) {
    for index in unsafe requests.indices {
      let request = unsafe requests[index]
      switch lookUp(unsafe Self.name(of: request)) {
      case .found(let value) where !isVersion1 || value.isKnownToVersion1: unsafe Self.put(value, into: request)
      case .found, .noSuchObject: unsafe netsnmp_request_set_error(request, CInt(tl_no_such_object))
      case .noSuchInstance: unsafe netsnmp_request_set_error(request, CInt(tl_no_such_instance))
      }
    }
  }

  /// Answers what has a next name here and leaves the rest untouched, which sends the agent on to the next subtree.
  /// Returns the names given.
  internal func answerNext(from table: ObjectTable) -> [ObjectName] {
    let version1 = isVersion1
    return answerNext { table.row(after: $0, inclusive: $1, version1: version1) }
  }

  /// The same with rows that `next` finds, after a name, or at it where the second argument is true.
  @discardableResult
  internal func answerNext(_ next: (ObjectName, Bool) -> ObjectTable.Row?) -> [ObjectName] {
    var answered: [ObjectName] = []
    for index in unsafe requests.indices {
      let request = unsafe requests[index]
      let inclusive = unsafe request.pointee.inclusive != 0
      guard let row = next(unsafe Self.name(of: request), inclusive) else { continue }
      let arcs = row.name.arcs.map { oid($0) }
      unsafe snmp_set_var_objid(request.pointee.requestvb, arcs, arcs.count)
      unsafe Self.put(row.value, into: request)
      answered.append(row.name)
    }
    return answered
  }

  private static func name(of request: UnsafeMutablePointer<netsnmp_request_info>) -> ObjectName {
    guard let binding = unsafe request.pointee.requestvb, let arcs = unsafe binding.pointee.name else {
      return ObjectName(arcs: [])
    }
    return unsafe ObjectName(
      arcs: UnsafeBufferPointer(start: arcs, count: binding.pointee.name_length).map { UInt($0) })
  }

  private static func put(_ value: ManagedValue, into request: UnsafeMutablePointer<netsnmp_request_info>) {
    let binding = unsafe request.pointee.requestvb
    switch value {
    case .counter64(let number):
      var wide = counter64(high: UInt(number >> 32), low: UInt(number & 0xffff_ffff))
      unsafe snmp_set_var_typed_value(binding, tl_asn_counter64, &wide, MemoryLayout<counter64>.size)
    case .gauge32(let number): unsafe snmp_set_var_typed_integer(binding, tl_asn_gauge32, Int(number))
    case .counter32(let number): unsafe snmp_set_var_typed_integer(binding, tl_asn_counter32, Int(number))
    case .integer(let number): unsafe snmp_set_var_typed_integer(binding, tl_asn_integer, Int(number))
    case .timeTicks(let number): unsafe snmp_set_var_typed_integer(binding, tl_asn_timeticks, Int(number))
    case .text(let text):
      let octets = Array(text.utf8.prefix(255))
      unsafe snmp_set_var_typed_value(binding, tl_asn_octet_string, octets, octets.count)
    case .name(let arcs):
      // No arcs are zeroDotZero.
      let arcs = arcs.isEmpty ? [0, 0] : arcs.map { oid($0) }
      unsafe snmp_set_var_typed_value(binding, tl_asn_object_id, arcs, arcs.count * MemoryLayout<oid>.size)
    case .ipAddress(let address):
      let octets = (0..<4).map { UInt8(truncatingIfNeeded: address >> UInt32(24 - 8 * $0)) }
      unsafe snmp_set_var_typed_value(binding, tl_asn_ip_address, octets, octets.count)
    case .opaque(let octets): unsafe snmp_set_var_typed_value(binding, tl_asn_opaque, octets, octets.count)
    case .octets(let octets):
      unsafe snmp_set_var_typed_value(binding, tl_asn_octet_string, octets, octets.count)
    }
  }
}
