import Foundation
import SNMPWire
import Testing
import TrapAgent
import TrapBatching
import TrapSecurity

@testable import TrapService

@Suite("The agent in the configuration")
struct AgentAccessTests {
  private static let users = """
    <security><user name="noc" auth="SHA-256" auth-secret="env:OPERATOR" priv="AES-128" priv-secret="env:OPERATOR"/>\
    <user name="open"/></security>
    """

  private func parse(_ agent: String, security: String = users) throws -> ConfigurationFile {
    try ConfigurationFixture.parse(
      ConfigurationFixture.xml(daemon: agent).replacing("<listeners>", with: security + "<listeners>"))
  }

  private func access(_ agent: String) throws -> AgentAccess {
    let configuration = try parse(agent).configuration
    return AgentAccess(
      try #require(configuration.daemon.agent).access, configuration.security.makeDirectory())
  }

  @Test("Everything that the golden writes of the agent becomes its rules")
  func golden() throws {
    let file = try ConfigurationFixture.read(ConfigurationFixture.goldens.appending(path: "valid/agent.xml").path)
    let agent = try #require(file.configuration.daemon.agent)
    let access = AgentAccess(agent.access, file.configuration.security.makeDirectory())
    #expect(access.communities.map { String(decoding: $0.secret, as: UTF8.self) } == ["s3cret-s3cret-s3cret", "n0c"])
    #expect(access.communities.map { $0.sources.map { "\($0)" } } == [["10.0.0.0/8", "2001:db8::/32"], []])
    #expect(access.communities.map(\.view) == [.all, .statistics])
    #expect(access.users.map { String(decoding: $0.user.name, as: UTF8.self) } == ["noc", "field & lab", "open"])
    #expect(access.users.map(\.mayWrite) == [true, false, false])
    #expect(access.users.map(\.minimumLevel) == [3, 1, 0])
    #expect(access.users.map(\.view) == [.all, .statistics, .all])
    #expect(agent.log.entries == 5000 && agent.log.limit == 2 << 20 && agent.log.age == 5_400_000_000_000)
    #expect(agent.log.name == "default" && agent.log.encrypted == .show)
    #expect(file.warnings.map(\.description).count { $0.contains("whoever knows the name of open") } == 1)
  }

  @Test("public is let in by default, and no longer once somebody is named")
  func defaults() throws {
    let byDefault = try access("<agent/>")
    #expect(byDefault.communities.map(\.secret) == [Array("public".utf8)] && byDefault.users.isEmpty)
    #expect(try access("<agent community=\"c\"/>").communities.map(\.secret) == [Array("c".utf8)])
    #expect(try access("<agent><user name=\"noc\"/></agent>").communities.isEmpty)
    let both = try access("<agent community=\"c\"><community secret=\"d\"/></agent>")
    #expect(both.communities.map(\.secret) == [Array("c".utf8), Array("d".utf8)])
    #expect(try access("<agent><log entries=\"7\"/></agent>").communities.count == 1)
  }

  @Test("A user's own minimum level holds here where no other is written")
  func levels() throws {
    let security = Self.users.replacing("<user name=\"noc\"", with: "<user name=\"noc\" minimum-level=\"authNoPriv\"")
    for (written, level) in [("", 1), ("minimum-level=\"noAuthNoPriv\"", 0), ("minimum-level=\"authPriv\"", 3)] {
      let configuration = try parse("<agent><user name=\"noc\" \(written)/></agent>", security: security).configuration
      let access = AgentAccess(configuration.daemon.agent!.access, configuration.security.makeDirectory())
      #expect(access.users.map(\.minimumLevel) == [UInt8(level)], "\(written)")
    }
  }

  @Test(
    "The community that everyone knows is warned of where others can reach the agent",
    arguments: [
      ("address=\"udp:0.0.0.0:1161\"", "", true), ("address=\"udp:[::]:1161\"", "", true),
      ("address=\"udp:127.0.0.1:1161\"", "", false), ("address=\"udp:[::1]:1161\"", "", false), ("", "", false),
      ("address=\"udp:10.0.0.1:1161\" community=\"c\"", "", false),
      ("address=\"udp:10.0.0.1:1161\"", "<community secret=\"public\"/>", true),
      ("address=\"udp:10.0.0.1:1161\"", "<community secret=\"public\" source=\"10.0.0.2\"/>", false),
    ])
  func everyone(attributes: String, child: String, isWarned: Bool) throws {
    let warnings = try parse("<agent \(attributes)>\(child)</agent>").warnings.map(\.description)
    #expect(warnings.contains { $0.contains("the community that everyone knows") } == isWarned, "\(warnings)")
  }

  @Test("Behind a master nobody is let in by us")
  func master() throws {
    let failure = try #require(throws: ConfigurationFailure.self) {
      try parse("<agent mode=\"agentx\"><community secret=\"c\"/><user name=\"noc\"/><log name=\"x\"/></agent>")
    }
    #expect(failure.issues.map(\.element) == ["community", "user"])
  }

  @Test("The log's limit counts under the memory limit, has room for its entries, and 0 entries are no log")
  func log() throws {
    let usual = try parse("<agent/>")
    #expect(usual.limits.notificationLog == 1 << 20 && usual.configuration.daemon.agent?.log.traps?.entries == 1000)
    let row = try #require(usual.limits.rows.first { $0.name == "agent: recent traps" })
    #expect(row.octets == 1 << 20)
    for none in ["<agent><log entries=\"0\"/></agent>", ""] {
      let file = try parse(none)
      #expect(file.limits.notificationLog == 0 && file.configuration.daemon.agent?.log.traps == nil)
    }
    let traps = try #require(
      try parse("<agent><log entries=\"2000\" limit=\"512KiB\"/></agent>").configuration.daemon.agent?.log.traps)
    // Fits, which the ring checks itself.
    _ = RecentTraps(traps, now: 0)
    let failure = try #require(throws: ConfigurationFailure.self) {
      try parse("<agent><log entries=\"2000\" limit=\"128KiB\"/></agent>")
    }
    #expect(failure.description.contains("limit 128KiB is too little for 2000 traps, which take"))
  }
}
