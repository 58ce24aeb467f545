internal import CCrypto

/// HMAC (RFC 2104) under one key: the two hashes as they stand behind the key's pads, forked for each message.
///
/// Its owner calls `erase()` when done: it stands for the key.
struct MessageAuthenticator: Sendable {
  let method: AuthProtocol
  private var inner: HashState
  private var outer: HashState

  init(_ method: AuthProtocol, key: [UInt8]) {
    self.method = method
    inner = HashState(method)
    outer = HashState(method)
    var block = [UInt8](repeating: 0, count: method.blockOctets)
    var short = key.count > block.count ? HashState.key(of: [key], method) : key
    for index in short.indices { block[index] = short[index] }
    for index in block.indices { block[index] ^= 0x36 }
    inner.add(block.span)
    for index in block.indices { block[index] ^= 0x36 ^ 0x5C }
    outer.add(block.span)
    block.erase()
    short.erase()
  }

  /// The whole code, of the hash's size, over the message with zeroes at `blank`, which is at most 64 octets long.
  func code(_ message: Span<UInt8>, blank: Range<Int>) -> HashState.Output {
    let zeroes = HashState.Output(repeating: 0)
    var hash = inner
    hash.add(message.extracting(..<blank.lowerBound))
    hash.add(zeroes.span.extracting(..<blank.count))
    hash.add(message.extracting(blank.upperBound...))
    let read = hash.finish()
    hash = outer
    hash.add(read.span.extracting(..<method.keyOctets))
    return hash.finish()
  }

  /// Whether the truncated code stands at `digest` of the message. Takes the same time wherever they differ.
  func isAuthentic(_ message: Span<UInt8>, digest: Range<Int>) -> Bool {
    guard digest.count == method.digestOctets, digest.upperBound <= message.count else { return false }
    let code = code(message, blank: digest)
    return unsafe message.extracting(digest).withUnsafeBytes { claimed in
      unsafe code.span.withUnsafeBytes { unsafe CRYPTO_memcmp($0.baseAddress, claimed.baseAddress, claimed.count) == 0 }
    }
  }

  mutating func erase() {
    inner.erase()
    outer.erase()
  }
}
