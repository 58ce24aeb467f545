internal import CCrypto

/// A key that scoped PDUs are encrypted with, and libcrypto's context for it (RFC 3414 §8.1.1, RFC 3826 §3.1).
@safe
final class PrivacyKey {
  static let saltOctets = 8
  private static let desBlock = 8

  let method: PrivProtocol
  private var key: [UInt8]
  /// Of AES: it keeps the expanded key.
  private let context: OpaquePointer?
  /// Whether `context` is set up to encrypt: its key has to be set again for the other direction.
  private var encrypts = false

  /// nil where libcrypto has no such cipher. `key`: of the protocol's `keyOctets`.
  init?(_ method: PrivProtocol, key: [UInt8]) {
    precondition(key.count == method.keyOctets, "a key of \(key.count) octets for \(method.name)")
    self.method = method
    self.key = key
    if method == .des {
      unsafe context = nil
    } else {
      guard let made = unsafe PrivacyKey.makeContext(method, key) else { return nil }
      unsafe context = made
    }
  }

  deinit {
    key.erase()
    unsafe EVP_CIPHER_CTX_free(context)
  }

  static func isAvailable(_ method: PrivProtocol) -> Bool {
    PrivacyKey(method, key: [UInt8](repeating: 0, count: method.keyOctets)) != nil
  }

  /// Decrypts in place; false where the sizes are not the protocol's. Allocates nothing.
  func decrypt(
    _ octets: inout MutableSpan<UInt8>, _ range: Range<Int>, salt: UInt64, boots: Int32, time: Int32
  ) -> Bool {
    guard !range.isEmpty, method != .des || range.count % PrivacyKey.desBlock == 0 else { return false }
    return run(&octets, range, salt: salt, boots: boots, time: time, encrypts: false)
  }

  /// Encrypts in place; for DES in whole blocks.
  func encrypt(
    _ octets: inout MutableSpan<UInt8>, _ range: Range<Int>, salt: UInt64, boots: Int32, time: Int32
  ) -> Bool {
    run(&octets, range, salt: salt, boots: boots, time: time, encrypts: true)
  }

  /// As much plaintext as the protocol takes, given this much.
  func paddedCount(_ count: Int) -> Int {
    method == .des ? (count + PrivacyKey.desBlock - 1) / PrivacyKey.desBlock * PrivacyKey.desBlock : count
  }

  /// msgPrivacyParameters of a message, which DES begins with the boots (RFC 3414 §8.1.1.1).
  func salt(_ counter: UInt64, boots: Int32) -> UInt64 {
    method == .des ? UInt64(UInt32(bitPattern: boots)) << 32 | counter & 0xFFFF_FFFF : counter
  }

  private func run(
    _ octets: inout MutableSpan<UInt8>, _ range: Range<Int>, salt: UInt64, boots: Int32, time: Int32, encrypts: Bool
  ) -> Bool {
    if method == .des {
      unsafe octets.withUnsafeMutableBufferPointer {
        unsafe chain(UnsafeMutableBufferPointer(rebasing: $0[range]), salt: salt, encrypts: encrypts)
      }
      return true
    }
    let engine = UInt64(UInt32(bitPattern: boots)) << 32 | UInt64(UInt32(bitPattern: time))
    let vector: InlineArray<2, UInt64> = [engine.bigEndian, salt.bigEndian]
    return unsafe octets.withUnsafeMutableBufferPointer { octets in
      unsafe vector.span.withUnsafeBytes { vector in
        unsafe feedBack(UnsafeMutableBufferPointer(rebasing: octets[range]), vector: vector, encrypts: encrypts)
      }
    }
  }

  /// DES-CBC, whose vector is the second half of the key with the salt over it.
  private func chain(_ octets: UnsafeMutableBufferPointer<UInt8>, salt: UInt64, encrypts: Bool) {
    var vector = salt.bigEndian
    unsafe key.withUnsafeBytes { key in
      vector ^= unsafe key.loadUnaligned(fromByteOffset: PrivacyKey.desBlock, as: UInt64.self)
      unsafe withUnsafeBytes(of: &vector) { vector in
        unsafe ccrypto_des_cbc(
          key.baseAddress, vector.baseAddress, octets.baseAddress, octets.count, encrypts ? 1 : 0)
      }
    }
  }

  /// AES in cipher feedback mode, 128 bits at a time.
  private func feedBack(
    _ octets: UnsafeMutableBufferPointer<UInt8>, vector: UnsafeRawBufferPointer, encrypts: Bool
  ) -> Bool {
    let first = unsafe vector.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let direction: CInt = encrypts ? 1 : 0
    let isSet =
      if encrypts == self.encrypts {
        unsafe EVP_CipherInit_ex2(context, nil, nil, first, direction, nil)
      } else {
        unsafe EVP_CipherInit_ex2(context, nil, key, first, direction, nil)
      }
    guard isSet == 1 else { return false }
    self.encrypts = encrypts
    var written: CInt = 0
    guard
      unsafe EVP_CipherUpdate(context, octets.baseAddress, &written, octets.baseAddress, CInt(octets.count)) == 1
    else { return false }
    return Int(written) == octets.count
  }

  private static func makeContext(_ method: PrivProtocol, _ key: [UInt8]) -> OpaquePointer? {
    guard let cipher = unsafe EVP_CIPHER_fetch(nil, method.cipherName, nil) else { return nil }
    defer { unsafe EVP_CIPHER_free(cipher) }
    guard let context = unsafe EVP_CIPHER_CTX_new() else { return nil }
    let vector = [UInt8](repeating: 0, count: 16)
    guard unsafe EVP_CipherInit_ex2(context, cipher, key, vector, 0, nil) == 1 else {
      unsafe EVP_CIPHER_CTX_free(context)
      return nil
    }
    return unsafe context
  }
}
