import Testing

@testable import TrapSecurity

@Suite("HMAC")
struct MessageAuthenticatorTests {
  @Test("the test cases of RFC 4231 and RFC 2202", arguments: HMACVectors.all)
  func vectors(vector: HMACVectors.Case) {
    for (method, expected) in vector.codes {
      let authenticator = MessageAuthenticator(method, key: vector.key)
      for _ in 0..<2 {
        let code = authenticator.code(vector.data.span, blank: 0..<0)
        #expect((0..<method.keyOctets).map { code[$0] }.hex == expected.hex, "\(method.name)")
      }
    }
  }

  @Test("what stands where the digest goes is read as zeroes", arguments: AuthProtocol.allCases)
  func blank(method: AuthProtocol) {
    let authenticator = MessageAuthenticator(method, key: Array(1...16))
    for start in [0, 1, 63, 64, 100] {
      let range = start..<start + method.digestOctets
      let zeroed = [UInt8](repeating: 0, count: 200)
      var filled = zeroed
      for index in range { filled[index] = UInt8(truncatingIfNeeded: index + 1) }
      let expected = authenticator.code(zeroed.span, blank: 0..<0)
      let code = authenticator.code(filled.span, blank: range)
      #expect((0..<64).allSatisfy { code[$0] == expected[$0] })
    }
  }
}
