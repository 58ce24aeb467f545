internal import CCrypto

/// A hash that has read some octets. Plain data: copying it forks the computation, and nothing has to be freed.
@safe
struct HashState: Sendable {
  /// Room for the longest hash.
  typealias Output = InlineArray<64, UInt8>

  private var state: ccrypto_hash

  init(_ method: AuthProtocol) {
    state = ccrypto_hash_make(UInt32(method.rawValue))
  }

  mutating func add(_ octets: Span<UInt8>) {
    unsafe octets.withUnsafeBytes { bytes in
      unsafe ccrypto_hash_add(&state, bytes.baseAddress, bytes.count)
    }
  }

  /// The hash in the first octets, as many as its protocol's `keyOctets`. The state is used up.
  mutating func finish() -> Output {
    var output = Output(repeating: 0)
    var span = output.mutableSpan
    unsafe span.withUnsafeMutableBufferPointer { unsafe ccrypto_hash_finish(&state, $0.baseAddress) }
    return output
  }

  /// The hash of the parts in turn.
  static func key(of parts: [[UInt8]], _ method: AuthProtocol) -> [UInt8] {
    var hash = HashState(method)
    for part in parts { hash.add(part.span) }
    let output = hash.finish()
    return (0..<method.keyOctets).map { output[$0] }
  }

  /// Overwrites what it has read with zeroes.
  mutating func erase() {
    unsafe OPENSSL_cleanse(&state, MemoryLayout<ccrypto_hash>.size)
  }
}
