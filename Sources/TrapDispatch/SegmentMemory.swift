internal import TrapBatching

/// The one allocation of a segment: records back to back.
///
/// A record is written once, by the event queue under its lock, before anyone is given its offset, and never changes as
/// long as anyone else refers to the memory: who holds it and an offset reads without a lock.
@safe internal final class SegmentMemory: Sendable {
  private nonisolated(unsafe) let base: UnsafeMutableRawPointer
  let capacity: Int

  init(capacity: Int) {
    precondition(capacity > 0 && capacity <= Int(UInt32.max), "a segment of \(capacity) octets")
    unsafe base = .allocate(byteCount: capacity, alignment: 16)
    self.capacity = capacity
  }

  deinit { unsafe base.deallocate() }

  func header(at offset: Int) -> RecordHeader {
    precondition(offset >= 0 && offset + RecordHeader.size <= capacity, "no record at \(offset) of \(capacity)")
    return unsafe base.load(fromByteOffset: offset, as: RecordHeader.self)
  }

  /// The agent that stands with the record; nil where it is the source.
  @inline(__always)
  func agent(at offset: Int, _ header: RecordHeader) -> SourceAddress? {
    guard header.hasAgent else { return nil }
    let start = offset + RecordHeader.size
    precondition(start + RecordHeader.agentSize <= capacity, "no agent at \(offset) of \(capacity)")
    return unsafe SourceAddress(
      high: base.load(fromByteOffset: start, as: UInt64.self),
      low: base.load(fromByteOffset: start + 8, as: UInt64.self))
  }

  @inline(__always)
  func withOctets<Result, Failure: Error>(
    at offset: Int, _ header: RecordHeader, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let start = offset + header.octetsOffset
    precondition(
      start + Int(header.length) <= capacity, "a record of \(header.length) octets at \(offset) of \(capacity)")
    let pointer = unsafe UnsafePointer((base + start).assumingMemoryBound(to: UInt8.self))
    return try body(unsafe Span(_unsafeStart: pointer, count: Int(header.length)))
  }

  /// Writes one record where the caller knows of room; `agent` is there where the header says so. Only the event queue,
  /// and whoever made the memory, writes.
  @inline(__always)
  func write(_ header: RecordHeader, _ agent: SourceAddress?, _ octets: Span<UInt8>, at offset: Int) {
    precondition(
      offset >= 0 && header.recordSize <= capacity - offset && Int(header.length) == octets.count
        && header.hasAgent == (agent != nil),
      "a record of \(header.recordSize) octets at \(offset) of \(capacity)")
    unsafe base.storeBytes(of: header, toByteOffset: offset, as: RecordHeader.self)
    if let agent {
      unsafe base.storeBytes(of: agent.high, toByteOffset: offset + RecordHeader.size, as: UInt64.self)
      unsafe base.storeBytes(of: agent.low, toByteOffset: offset + RecordHeader.size + 8, as: UInt64.self)
    }
    unsafe octets.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      unsafe (base + offset + header.octetsOffset).copyMemory(from: start, byteCount: source.count)
    }
  }
}
