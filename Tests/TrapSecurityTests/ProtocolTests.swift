import Testing
import TrapSecurity

@Suite("The protocols of the User-based Security Model")
struct ProtocolTests {
  @Test("every protocol is found again by its name")
  func names() {
    for method in AuthProtocol.allCases { #expect(AuthProtocol(name: method.name) == method) }
    for method in PrivProtocol.allCases { #expect(PrivProtocol(name: method.name) == method) }
    #expect(AuthProtocol(name: "sha1") == nil)
  }
}
