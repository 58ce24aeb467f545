import Testing

@testable import TrapAgent

@Suite("The agent's configuration")
struct ConfigurationTests {
  private func configuration(_ change: (inout AgentConfiguration) -> Void) -> AgentConfiguration {
    var configuration = AgentConfiguration(
      mode: .standalone(address: "udp:127.0.0.1:1161"), stateDirectory: "/dev/null/trapline")
    change(&configuration)
    return configuration
  }

  @Test(
    "a community that would become more than one word of Net-SNMP's configuration is refused, and not shown",
    arguments: [
      "", "two words", "quote\"", "back\\slash", "hash#", "line\nrwcommunity x", String(repeating: "x", count: 255),
    ])
  func community(_ community: String) {
    let error = #expect(throws: AgentError.self) {
      try configuration { $0.access.communities = [.init(secret: Array(community.utf8))] }.validated()
    }
    #expect(error?.description.contains("community (not shown)") == true)
  }

  @Test("bad base OIDs and intervals are refused")
  func others() {
    for oid in ["", "1.3", "1.3.6.x", "3.1.1", "1.40.1", "1.3.4294967296", "1..3"] {
      #expect(throws: AgentError.self, "\(oid)") { try configuration { $0.baseOID = oid }.validated() }
    }
    #expect(throws: AgentError.self) { try configuration { $0.pingInterval = 0 }.validated() }
  }

  @Test("what is usual is accepted")
  func usual() throws {
    let base = try configuration {
      $0.access.communities = [.init(secret: [UInt8](repeating: 0x7e, count: 254))]; $0.baseOID = ".1.3.6.1.4.1.1"
    }.validated()
    #expect(base.description == "1.3.6.1.4.1.1")
  }
}
