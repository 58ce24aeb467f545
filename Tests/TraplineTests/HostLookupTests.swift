internal import ArgumentParser
internal import Testing
internal import TrapControl

@testable internal import trapline

@Suite("Agents by their names")
struct HostLookupTests {
  @Test("addresses stay as they are, a name becomes one, IPv4 first")
  func known() throws {
    for address in ["192.0.2.7", "2001:db8::7", "fe80::1%eth0", "1.2.3"] {
      #expect(try HostLookup.address(of: address) == address)
    }
    #expect(try HostLookup.address(of: "localhost") == "127.0.0.1")
  }

  @Test("a name that nobody knows is told, with the remedy")
  func unknown() throws {
    // No resolver asks anybody for what cannot be a name.
    let failure = try #require(throws: HostLookup.Failure.self) { try HostLookup.address(of: "no name at all") }
    #expect(failure.description.contains("no name at all") && failure.description.contains("write the agent's address"))
  }

  @Test("the request goes to the address, with the port that was written")
  func request() throws {
    for (agent, found) in [
      ("localhost", "127.0.0.1:161"), ("localhost:1161", "127.0.0.1:1161"), ("192.0.2.7", "192.0.2.7"),
      ("[2001:db8::7]:1161", "[2001:db8::7]:1161"),
    ] {
      let command = try PollCommand.parse([agent, "1.3.6.1.2.1.1.5.0"])
      #expect(try command.found == found)
      #expect(command.request(to: found).agent == found)
    }
  }
}
