import Foundation
import Logging
import Testing
import TrapBatching
import TrapLedger
import TrapObservation
import TrapSecurity

@testable import TrapAgent

@Suite("Who may ask the agent for what")
struct AccessTests {
  /// An agent of its own process, with a log of one trap.
  private struct Ground {
    let directory: TemporaryDirectory
    let thread: NetSNMPThread
    let address: String
    let log = CapturedLog()

    static let base = TraplineMIB.defaultBaseOID
    static let arrived = base + ".1.2.1.0"
    /// traplineDeltaStatus of a row that is not there.
    static let status = base + ".1.12.2.1.6.7"
    static let notifications = "1.3.6.1.2.1.92.1.2.1.0"
    static let password = "a password for tests"
    static let otherPassword = "another password"

    init(_ access: AgentAccess) throws {
      directory = try TemporaryDirectory()
      let port = LoopbackPort.free()
      address = "127.0.0.1:\(port)"
      let ledger = try SampleLedger.make()
      let traps = SampleTraps.log(entries: 10)
      SampleTraps.note([SampleTraps.version2()], in: traps, now: 1)
      let engineID: [UInt8] = [0x80, 0, 0x1f, 0x88, 4, 0x74, 0x72, 0x61, 0x70]
      let identity = EngineIdentity(
        local: LocalEngine(engineID: engineID, boots: 3, started: SystemClock.monotonic()),
        statistics: USMStatistics())
      thread = try NetSNMPThread.start(
        NetSNMPParts(
          agent: .init(
            configuration: AgentConfiguration(
              mode: .standalone(address: "udp:" + address), access: access, stateDirectory: directory.path + "/agent"),
            snapshots: { SampleLedger.snapshot(ledger) }, identity: identity,
            log: NotificationLog(traps: traps, transports: [.udp])),
          stateDirectory: directory.path + "/agent"), log: log.logger)
    }

    /// What the tool says, wherever it says it.
    func ask(
      _ words: [String], _ name: String = arrived, tool: String = "snmpget", value: [String] = []
    ) throws -> String {
      let options = words + ["-t", "2", "-r", "1", "-Oqv", "-m", "", address, name] + value
      let outcome = try Tool.run(tool, options, in: directory)
      // Beside an answer stand the tool's own notes, as of directories that it makes.
      return outcome.status == 0 ? outcome.output : outcome.output + outcome.complaints
    }

    /// Expects these words in what the tool says, or exactly them with the end of a line.
    func expect(
      _ expected: String, _ words: [String], _ name: String = arrived, tool: String = "snmpget", value: [String] = [],
      isExact: Bool = true, at place: SourceLocation = #_sourceLocation
    ) throws {
      let said = try ask(words, name, tool: tool, value: value)
      #expect(
        isExact && expected.hasSuffix("\n") ? said == expected : said.contains(expected),
        "\(words) \(name) \(value): \(said); log: \(log.text)", sourceLocation: place)
    }

    static func v3(_ user: String, _ level: String = "authPriv", auth: String = password, priv: String = password)
      -> [String]
    {
      ["-v", "3", "-u", user, "-l", level, "-a", "SHA-256", "-A", auth, "-x", "AES", "-X", priv]
    }

    static func user(
      _ name: String, _ level: UInt8, mayWrite: Bool = false, engineID: [UInt8]? = nil,
      view: AgentAccess.View = .all
    ) -> AgentAccess.User {
      let secret = KeyMaterial.passphrase(Array(password.utf8))
      return AgentAccess.User(
        USMUser(
          name: Array(name.utf8), engineID: engineID, authentication: .init(.sha256, secret),
          privacy: .init(.aes128, secret)), mayWrite: mayWrite, minimumLevel: level, view: view)
    }
  }

  private static let value = "10000000077\n"

  @Test("communities, by what they are and where they come from, read what their view has, and nothing else")
  func communities() async {
    await #expect(processExitsWith: .success) {
      var access = AgentAccess()
      access.communities = [
        .init(secret: Array("anywhere".utf8)),
        .init(secret: Array("near".utf8), sources: [AddressPrefix("10.0.0.0/8")!, AddressPrefix("127.0.0.1")!]),
        .init(secret: Array("far".utf8), sources: [AddressPrefix("10.0.0.0/8")!, AddressPrefix("2001:db8::/32")!]),
        .init(secret: Array("numbers".utf8), view: .statistics),
      ]
      let ground = try Ground(access)
      for version in ["1", "2c"] {
        func words(_ community: String) -> [String] { ["-v", version, "-c", community] }
        for community in ["anywhere", "near"] { try ground.expect("1\n", words(community), Ground.notifications) }
        for community in ["far", "public", "anywher", "anywhere2"] {
          try ground.expect("Timeout: No Response", words(community), Ground.notifications)
        }
        let missing = version == "1" ? "noSuchName" : "No Such"
        try ground.expect(missing, words("numbers"), Ground.notifications)
        try ground.expect("4321\n", words("numbers"), Ground.base + ".1.3.2.0")
      }
      try ground.expect(AccessTests.value, ["-v", "2c", "-c", "numbers"])
      // Nothing but the view, to the end of it.
      let all = try ground.ask(["-v", "2c", "-c", "numbers", "-On"], "1", tool: "snmpwalk")
      #expect(!all.contains(".1.3.6.1.2.1.92") && all.contains("4321"), "\(all)")
      try ground.expect(
        "noAccess", ["-v", "2c", "-c", "anywhere"], Ground.status, tool: "snmpset", value: ["i", "5"])
      ground.thread.stop()
    }
  }

  @Test("users, by their secrets and levels, read what their view has")
  func users() async {
    await #expect(processExitsWith: .success) {
      let value = AccessTests.value
      let own: [UInt8] = [0x80, 0, 0x1f, 0x88, 4, 0x74, 0x72, 0x61, 0x70]
      let ground = try Ground(
        AgentAccess(users: [
          Ground.user("noc", 3), Ground.user("field", 1, engineID: own, view: .statistics), Ground.user("open", 0),
          Ground.user("elsewhere", 1, engineID: [0x80, 0, 0, 0, 9]),
        ]))
      try ground.expect(value, Ground.v3("noc"))
      try ground.expect("1\n", Ground.v3("noc"), Ground.notifications)
      try ground.expect("authorizationError", Ground.v3("noc", "authNoPriv"))
      try ground.expect("authorizationError", Ground.v3("noc", "noAuthNoPriv"))
      try ground.expect(value, Ground.v3("field"))
      try ground.expect(value, Ground.v3("field", "authNoPriv"))
      try ground.expect("authorizationError", Ground.v3("field", "noAuthNoPriv"))
      try ground.expect("No Such", Ground.v3("field"), Ground.notifications)
      try ground.expect(value, Ground.v3("open", "noAuthNoPriv"))
      try ground.expect("Authentication failure", Ground.v3("noc", auth: Ground.otherPassword))
      try ground.expect("Unknown user name", Ground.v3("nobody"))
      try ground.expect("Unknown user name", Ground.v3("elsewhere"))
      #expect(ground.log.text.contains("user elsewhere is for another engine ID"), "\(ground.log.text)")
      let wrongCipher = try ground.ask(Ground.v3("noc", priv: Ground.otherPassword))
      #expect(!wrongCipher.contains(value), "\(wrongCipher)")
      // No community is left.
      try ground.expect("Timeout", ["-v", "2c", "-c", "public"])
      #expect(!ground.log.text.contains(Ground.password))
      ground.thread.stop()
    }
  }

  @Test("usmStats counts what was asked in vain")
  func statistics() async {
    await #expect(processExitsWith: .success) {
      let ground = try Ground(AgentAccess(users: [Ground.user("noc", 3)]))
      func counters() throws -> [Int] {
        let walk = try ground.ask(Ground.v3("noc"), "1.3.6.1.6.3.15.1.1", tool: "snmpwalk")
        return walk.split(separator: "\n").compactMap { Int($0) }
      }
      let before = try counters()
      #expect(before.count == 6)
      _ = try ground.ask(Ground.v3("nobody"))
      _ = try ground.ask(Ground.v3("noc", auth: Ground.otherPassword))
      let after = try counters()
      #expect(after[2] > before[2] && after[4] > before[4] && after[3] > before[3], "\(before) \(after)")
      ground.thread.stop()
    }
  }

  @Test("only a user with write access makes rows, and only in the tables that have rows for managers")
  func writing() async {
    await #expect(processExitsWith: .success) {
      let ground = try Ground(AgentAccess(users: [Ground.user("reader", 1), Ground.user("writer", 3, mayWrite: true)]))
      func set(_ expected: String, _ words: [String], _ name: String, _ type: String, _ value: String) throws {
        try ground.expect(expected, words, name, tool: "snmpset", value: [type, value])
      }
      let writer = Ground.v3("writer")
      // traplineDeltaNext.
      let index = try ground.ask(writer, Ground.base + ".1.12.1.0").trimmingCharacters(in: .whitespacesAndNewlines)
      let (variable, status) = (Ground.base + ".1.12.2.1.2.\(index)", Ground.base + ".1.12.2.1.6.\(index)")
      try set("noAccess", Ground.v3("reader"), Ground.status, "i", "5")
      try set("authorizationError", Ground.v3("writer", "authNoPriv"), Ground.status, "i", "5")
      for outside in [Ground.base + ".1.3.2.0", Ground.notifications, "1.3.6.1.2.1.92.1.1.1.0"] {
        try set("noAccess", writer, outside, "u", "5")
      }
      // createAndGo, and then destroy.
      try ground.expect(
        "\n4\n", writer, variable, tool: "snmpset", value: ["o", Ground.arrived, status, "i", "4"], isExact: false)
      try ground.expect("1\n", Ground.v3("reader"), status)
      try set("6\n", writer, status, "i", "6")
      try ground.expect(AccessTests.value, writer)
      ground.thread.stop()
    }
  }

  @Test("new rules take the place of the former ones, without a pause")
  func replacing() async {
    await #expect(processExitsWith: .success) {
      let value = AccessTests.value
      func community(_ name: String) -> [String] { ["-v", "2c", "-c", name] }
      let ground = try Ground(
        AgentAccess(communities: [.init(secret: Array("old".utf8))], users: [Ground.user("noc", 3)]))
      try ground.expect(value, community("old"))
      try ground.expect(value, Ground.v3("noc"))
      ground.thread.replace(
        AgentAccess(communities: [.init(secret: Array("new".utf8))], users: [Ground.user("other", 1)]))
      try ground.expect(value, community("new"))
      try ground.expect(value, Ground.v3("other"))
      try ground.expect("Timeout", community("old"))
      try ground.expect("Unknown user name", Ground.v3("noc"))
      for _ in 0..<200 { ground.thread.replace(AgentAccess(users: [Ground.user("noc", 3)])) }
      try ground.expect(value, Ground.v3("noc"))
      try ground.expect("Timeout", community("new"))
      ground.thread.stop()
    }
  }
}
