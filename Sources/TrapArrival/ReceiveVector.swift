internal import CTrapSystem
internal import Glibc
internal import TrapBatching

/// Reusable slots for one `recvmmsg`: buffers, peer addresses and control data, made once.
@safe internal struct ReceiveVector: ~Copyable {
  /// The largest length that a UDP header can state; no datagram is truncated at this size.
  static let largestDatagram = 65_535
  private static let nameOctets = MemoryLayout<sockaddr_storage>.stride
  private static let controlOctets = Int(TRAP_CONTROL_OCTETS)

  let slots: Int
  private let slotOctets: Int
  private let slotStride: Int
  private let messages: UnsafeMutablePointer<trap_message>
  private let vectors: UnsafeMutablePointer<iovec>
  private let names: UnsafeMutableRawPointer
  private let controls: UnsafeMutableRawPointer
  private let octets: UnsafeMutableRawPointer
  /// Datagrams of the last `receive`.
  private(set) var count = 0
  /// Slots whose lengths the kernel may have changed since they were set.
  private var used: Int

  init(slots: Int = 64, slotOctets: Int = ReceiveVector.largestDatagram) {
    precondition(slots > 0 && slotOctets > 0, "\(slots) slots of \(slotOctets) octets")
    self.slots = slots
    self.slotOctets = slotOctets
    // A multiple of the cache line, so that no datagram starts on another's line.
    slotStride = (slotOctets + 63) & ~63
    used = slots
    unsafe messages = .allocate(capacity: slots)
    unsafe vectors = .allocate(capacity: slots)
    unsafe names = .allocate(byteCount: slots * ReceiveVector.nameOctets, alignment: 64)
    unsafe controls = .allocate(byteCount: slots * ReceiveVector.controlOctets, alignment: 64)
    unsafe octets = .allocate(byteCount: slots * slotStride, alignment: 64)
    for index in 0..<slots {
      unsafe (vectors + index).initialize(to: iovec(iov_base: octets + index * slotStride, iov_len: slotOctets))
      unsafe (messages + index).initialize(to: trap_message())
      unsafe messages[index].header.msg_iov = vectors + index
      unsafe messages[index].header.msg_iovlen = 1
      unsafe messages[index].header.msg_name = names + index * ReceiveVector.nameOctets
      unsafe messages[index].header.msg_control = controls + index * ReceiveVector.controlOctets
    }
  }

  deinit {
    unsafe messages.deallocate()
    unsafe vectors.deallocate()
    unsafe names.deallocate()
    unsafe controls.deallocate()
    unsafe octets.deallocate()
  }

  /// Octets that the vector keeps from everyone else.
  var pinnedOctets: Int {
    let perSlot = slotStride + ReceiveVector.nameOctets + ReceiveVector.controlOctets
    return unsafe slots * (perSlot + MemoryLayout<trap_message>.stride + MemoryLayout<iovec>.stride)
  }

  /// One `recvmmsg` that does not wait. Returns the datagrams read, or 0 with the error number in `failure`.
  mutating func receive(from descriptor: CInt, failure: inout CInt) -> Int {
    for index in 0..<used {
      unsafe messages[index].header.msg_namelen = socklen_t(ReceiveVector.nameOctets)
      unsafe messages[index].header.msg_controllen = ReceiveVector.controlOctets
    }
    let result = unsafe trap_recvmmsg(descriptor, messages, UInt32(slots))
    failure = result < 0 ? -result : 0
    count = max(0, Int(result))
    used = count
    return count
  }

  /// True where the datagram was longer than the slot.
  func isTruncated(_ index: Int) -> Bool {
    precondition(index < count, "datagram \(index) of \(count)")
    return unsafe trap_is_truncated(messages + index) != 0
  }

  /// The peer's address alone.
  func source(_ index: Int) -> SourceAddress {
    precondition(index < count, "datagram \(index) of \(count)")
    var arrival = trap_arrival()
    unsafe withUnsafeMutableBytes(of: &arrival.source) { source in
      unsafe trap_read_source(messages + index, source.baseAddress!.assumingMemoryBound(to: UInt8.self))
    }
    return ReceiveVector.address(arrival.source)
  }

  /// `fallbackTime` is the wall clock's, for a datagram that the kernel did not stamp.
  func facts(_ index: Int, listener: UInt16, fallbackTime: () -> Int64) -> ArrivalFacts {
    precondition(index < count, "datagram \(index) of \(count)")
    var arrival = trap_arrival()
    unsafe trap_read_arrival(messages + index, &arrival)
    return ArrivalFacts(
      received: arrival.received != 0 ? arrival.received : fallbackTime(),
      source: ReceiveVector.address(arrival.source),
      local: ReceiveVector.address(arrival.local),
      interface: arrival.interface, port: arrival.port, listener: listener)
  }

  func withOctets<Result>(_ index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    precondition(index < count, "datagram \(index) of \(count)")
    let start = unsafe (octets + index * slotStride).assumingMemoryBound(to: UInt8.self)
    // A truncated datagram reports the octets that were kept, never more than the slot.
    let length = unsafe min(Int(messages[index].length), slotOctets)
    return unsafe body(Span(_unsafeStart: start, count: length))
  }

  private typealias AddressOctets = (
    UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8
  )

  private static func address(_ octets: AddressOctets) -> SourceAddress {
    unsafe withUnsafeBytes(of: octets) { raw in
      unsafe SourceAddress(
        high: UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
        low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
  }
}
