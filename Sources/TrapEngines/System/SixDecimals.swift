internal import Glibc

/// C's `%f`.
internal enum SixDecimals {
  static func text(_ value: Double) -> String {
    // The largest double has 309 digits before the point.
    var room = [CChar](repeating: 0, count: 340)
    let count = unsafe withVaList([value]) { list in
      unsafe room.withUnsafeMutableBufferPointer { unsafe vsnprintf($0.baseAddress, $0.count, "%f", list) }
    }
    return String(decoding: room.prefix(Int(max(0, count))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
