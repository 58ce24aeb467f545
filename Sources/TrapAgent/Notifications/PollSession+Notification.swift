internal import CNetSNMP
internal import Glibc

extension PollSession {
  /// Sends a notification; nil, or what is wrong where it cannot be sent.
  ///
  /// - Parameter local: our own engine ID, which an SNMPv3 trap speaks for (RFC 3414 §1.5.1: the sender of what nobody
  ///   answers is authoritative); nil for an inform, and for SNMPv2c.
  internal func send(_ bindings: [NotificationBinding], isInform: Bool, local: [UInt8]?) -> String? {
    guard let message = unsafe snmp_pdu_create(isInform ? tl_msg_inform : tl_msg_trap2) else { return "out of memory" }
    if let local {
      unsafe message.pointee.securityEngineID = Self.copy(local)
      unsafe message.pointee.securityEngineIDLen = local.count
      unsafe message.pointee.contextEngineID = Self.copy(local)
      unsafe message.pointee.contextEngineIDLen = local.count
    }
    for binding in bindings { unsafe Self.add(binding, to: message) }
    return unsafe send(message)
  }

  /// For the library to free.
  private static func copy(_ octets: [UInt8]) -> UnsafeMutablePointer<UInt8>? {
    guard let copy = unsafe malloc(octets.count) else { return nil }
    unsafe copy.copyMemory(from: octets, byteCount: octets.count)
    return unsafe copy.assumingMemoryBound(to: UInt8.self)
  }

  private static func add(_ binding: NotificationBinding, to message: UnsafeMutablePointer<netsnmp_pdu>) {
    let name = binding.name.arcs.map { oid($0) }
    func add<Value>(_ type: UInt8, _ value: Value) {
      _ = unsafe withUnsafeBytes(of: value) { octets in
        unsafe snmp_pdu_add_variable(message, name, name.count, type, octets.baseAddress, octets.count)
      }
    }
    switch binding.value {
    // The library reads numbers of 32 bits as C's long.
    case .integer(let number): add(tl_asn_integer, CLong(number))
    case .unsigned(let number): add(tl_asn_gauge32, CLong(number))
    case .timeTicks(let number): add(tl_asn_timeticks, CLong(number))
    case .counter64(let number):
      add(tl_asn_counter64, counter64(high: UInt(number >> 32), low: UInt(number & 0xffff_ffff)))
    case .text(let text):
      let octets = Array(text.utf8)
      _ = unsafe snmp_pdu_add_variable(message, name, name.count, tl_asn_octet_string, octets, octets.count)
    case .objectID(let object):
      let arcs = object.arcs.map { oid($0) }
      _ = unsafe arcs.withUnsafeBytes { octets in
        unsafe snmp_pdu_add_variable(
          message, name, name.count, tl_asn_object_id, octets.baseAddress, octets.count)
      }
    }
  }
}
