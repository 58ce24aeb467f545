extension OutputSpan<UInt8> {
  /// Writes the number's octets, the highest first, where the caller reserved room.
  @inline(__always)
  mutating func writeBigEndian<Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(_ value: Number) {
    let size = MemoryLayout<Number>.size
    precondition(size <= freeCapacity, "\(size) octets do not fit in \(freeCapacity)")
    unsafe withUnsafeMutableBufferPointer { room, count in
      unsafe UnsafeMutableRawPointer(room.baseAddress! + count).storeBytes(of: value.bigEndian, as: Number.self)
      count += size
    }
  }
}
