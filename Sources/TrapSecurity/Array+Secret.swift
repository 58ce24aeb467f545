internal import CCrypto

extension [UInt8] {
  /// Overwrites a secret with zeroes, in a way that the compiler cannot leave out. Copies that others hold stay.
  package mutating func erase() {
    unsafe withUnsafeMutableBytes { unsafe OPENSSL_cleanse($0.baseAddress, $0.count) }
  }
}
