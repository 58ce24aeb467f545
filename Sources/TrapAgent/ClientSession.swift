internal import CNetSNMP
internal import Glibc

/// One request over Net-SNMP's single-session calls, and its answer as values.
internal enum ClientSession {
  internal enum Outcome { case answered([SNMPValue]), noSession(reason: String), timeout, failed(reason: String) }

  internal static func get(
    _ names: [ObjectName], address: String, community: [UInt8], milliseconds: Int, retries: Int
  ) -> Outcome {
    guard let session = unsafe open(address, community, milliseconds, retries) else {
      return .noSession(reason: errno == 0 ? "not an address" : unsafe String(cString: strerror(errno)))
    }
    defer { unsafe snmp_sess_close(session) }
    guard let request = unsafe snmp_pdu_create(tl_msg_get) else { return .failed(reason: "out of memory") }
    for name in names {
      let arcs = name.arcs.map { oid($0) }
      unsafe snmp_add_null_var(request, arcs, arcs.count)
    }
    var response: UnsafeMutablePointer<netsnmp_pdu>? = nil
    // The call frees the request, whatever comes of it.
    let status = unsafe snmp_sess_synch_response(session, request, &response)
    defer { unsafe snmp_free_pdu(response) }
    switch status {
    case STAT_SUCCESS:
      guard let response = unsafe response else { return .failed(reason: "an answer without content") }
      let code = unsafe response.pointee.errstat
      guard code == 0 else { return .failed(reason: unsafe String(cString: snmp_errstring(CInt(code)))) }
      return .answered(unsafe values(of: response))
    case STAT_TIMEOUT: return .timeout
    default: return unsafe failure(of: session)
    }
  }

  private static func open(
    _ address: String, _ community: [UInt8], _ milliseconds: Int, _ retries: Int
  ) -> UnsafeMutableRawPointer? {
    var template = unsafe netsnmp_session()
    unsafe snmp_sess_init(&template)
    unsafe template.version = Int(SNMP_VERSION_2c)
    unsafe template.timeout = milliseconds * 1000
    unsafe template.retries = CInt(retries)
    var community = community
    errno = 0
    // The opened session has copies of both.
    return unsafe address.withCString { peer in
      unsafe community.withUnsafeMutableBufferPointer { octets in
        unsafe template.peername = UnsafeMutablePointer(mutating: peer)
        unsafe template.community = octets.baseAddress
        unsafe template.community_len = octets.count
        return unsafe snmp_sess_open(&template)
      }
    }
  }

  private static func failure(of session: UnsafeMutableRawPointer) -> Outcome {
    var text: UnsafeMutablePointer<CChar>? = nil
    unsafe snmp_sess_error(session, nil, nil, &text)
    defer { unsafe free(text) }
    guard let text = unsafe text else { return .failed(reason: "unknown error") }
    return .failed(reason: unsafe String(cString: text))
  }

  private static func values(of response: UnsafeMutablePointer<netsnmp_pdu>) -> [SNMPValue] {
    var values: [SNMPValue] = []
    var next = unsafe response.pointee.variables
    while let binding = unsafe next {
      values.append(unsafe value(of: binding))
      unsafe next = binding.pointee.next_variable
    }
    return values
  }

  private static func value(of binding: UnsafeMutablePointer<netsnmp_variable_list>) -> SNMPValue {
    let type = unsafe binding.pointee.type
    switch type {
    case tl_no_such_object, tl_no_such_instance, tl_end_of_mib_view: return .missing
    case tl_asn_octet_string:
      let octets = unsafe UnsafeBufferPointer(start: binding.pointee.val.string, count: binding.pointee.val_len)
      return .text(unsafe String(decoding: octets, as: UTF8.self))
    default: break
    }
    guard let number = unsafe binding.pointee.val.integer else { return .other(type: type) }
    switch type {
    case tl_asn_integer: return .integer(Int64(unsafe number.pointee))
    case tl_asn_counter32, tl_asn_gauge32: return .unsigned(UInt64(UInt32(truncatingIfNeeded: unsafe number.pointee)))
    case tl_asn_timeticks: return .timeTicks(UInt32(truncatingIfNeeded: unsafe number.pointee))
    case tl_asn_counter64:
      guard let wide = unsafe binding.pointee.val.counter64 else { return .other(type: type) }
      return .unsigned(UInt64(unsafe wide.pointee.high) << 32 | UInt64(unsafe wide.pointee.low) & 0xffff_ffff)
    default: return .other(type: type)
    }
  }
}
