internal import CNetSNMP

// What a SET wants to write, and how it is refused.
extension AgentRequest {
  internal var written: WrittenValue {
    guard let binding = unsafe self.binding else { return .other }
    let length = unsafe binding.pointee.val_len
    switch unsafe binding.pointee.type {
    case tl_asn_integer: return unsafe binding.pointee.val.integer.map { .integer(Int64(unsafe $0.pointee)) } ?? .other
    case tl_asn_octet_string:
      return unsafe .octets([UInt8](UnsafeBufferPointer(start: binding.pointee.val.string, count: length)))
    case tl_asn_object_id:
      let arcs = unsafe UnsafeBufferPointer(start: binding.pointee.val.objid, count: length / MemoryLayout<oid>.size)
      return .name(unsafe arcs.map { $0 & 0xffff_ffff })
    default: return .other
    }
  }
}
