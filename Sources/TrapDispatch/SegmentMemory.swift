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

  /// The header of a record that counts from there.
  @inline(__always)
  func header(at offset: Int, from origin: SegmentOrigin) -> RecordHeader {
    precondition(
      offset >= 0 && offset + StoredHeader.narrowSize <= capacity, "no record at \(offset) of \(capacity)")
    let first = load(offset, as: UInt32.self)
    guard StoredHeader.isWide(first) else { return narrowHeader(at: offset, first, origin) }
    precondition(offset + StoredHeader.wideSize <= capacity, "no wide record at \(offset) of \(capacity)")
    return wideHeader(at: offset, first, origin)
  }

  @inline(__always)
  private func narrowHeader(at offset: Int, _ first: UInt32, _ origin: SegmentOrigin) -> RecordHeader {
    let ticks = UInt32(load(offset + 14, as: UInt16.self))
    let late = load(offset + 16, as: Int32.self)
    return RecordHeader(
      first, isWide: false, sequence: origin.sequence + UInt64(load(offset + 12, as: UInt16.self)),
      received: origin.expectedReceived(ticks) &+ Int64(late),
      source: SourceAddress(ipv4: load(offset + 4, as: UInt32.self)), appended: origin.time(ticks),
      port: load(offset + 8, as: UInt16.self), route: load(offset + 10, as: UInt16.self))
  }

  private func wideHeader(at offset: Int, _ first: UInt32, _ origin: SegmentOrigin) -> RecordHeader {
    RecordHeader(
      first, isWide: true, sequence: origin.sequence + UInt64(load(offset + 4, as: UInt32.self)),
      received: load(offset + 8, as: Int64.self),
      source: SourceAddress(
        high: load(offset + 16, as: UInt64.self), low: load(offset + 24, as: UInt64.self)),
      appended: origin.time(load(offset + 32, as: UInt32.self)), port: load(offset + 36, as: UInt16.self),
      route: load(offset + 38, as: UInt16.self))
  }

  /// Numbers stand where they fall: records are not padded.
  @inline(__always)
  private func load<Number: BitwiseCopyable>(_ offset: Int, as type: Number.Type) -> Number {
    unsafe base.loadUnaligned(fromByteOffset: offset, as: type)
  }

  @inline(__always)
  private func store<Number: BitwiseCopyable>(_ number: Number, _ offset: Int) {
    unsafe base.storeBytes(of: number, toByteOffset: offset, as: Number.self)
  }

  /// The agent that stands with the record; nil where it is the source.
  @inline(__always)
  func agent(at offset: Int, _ header: RecordHeader) -> SourceAddress? {
    guard header.hasAgent else { return nil }
    let start = offset + header.octetsOffset - StoredHeader.agentSize
    precondition(start + StoredHeader.agentSize <= capacity, "no agent at \(offset) of \(capacity)")
    return SourceAddress(high: load(start, as: UInt64.self), low: load(start + 8, as: UInt64.self))
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
  func write(
    _ header: RecordHeader, _ agent: SourceAddress?, _ octets: Span<UInt8>, at offset: Int, from origin: SegmentOrigin
  ) {
    precondition(
      offset >= 0 && header.recordSize <= capacity - offset && Int(header.length) == octets.count
        && header.hasAgent == (agent != nil),
      "a record of \(header.recordSize) octets at \(offset) of \(capacity)")
    if header.isWide { writeWide(header, at: offset, origin) } else { writeNarrow(header, at: offset, origin) }
    if let agent {
      let start = offset + header.octetsOffset - StoredHeader.agentSize
      store(agent.high, start)
      store(agent.low, start + 8)
    }
    unsafe octets.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      unsafe (base + offset + header.octetsOffset).copyMemory(from: start, byteCount: source.count)
    }
  }

  @inline(__always)
  private func writeNarrow(_ header: RecordHeader, at offset: Int, _ origin: SegmentOrigin) {
    let ticks = origin.ticks(at: header.appended)
    store(StoredHeader.first(header), offset)
    store(UInt32(truncatingIfNeeded: header.source.low), offset + 4)
    store(header.port, offset + 8)
    store(header.route, offset + 10)
    store(UInt16(header.sequence - origin.sequence), offset + 12)
    store(UInt16(ticks), offset + 14)
    store(Int32(header.received &- origin.expectedReceived(ticks)), offset + 16)
  }

  private func writeWide(_ header: RecordHeader, at offset: Int, _ origin: SegmentOrigin) {
    store(StoredHeader.first(header), offset)
    store(UInt32(header.sequence - origin.sequence), offset + 4)
    store(header.received, offset + 8)
    store(header.source.high, offset + 16)
    store(header.source.low, offset + 24)
    store(origin.ticks(at: header.appended), offset + 32)
    store(header.port, offset + 36)
    store(header.route, offset + 38)
  }
}
