import Foundation
import SNMPWire
import Testing
import TrapBatching
import TrapSecurity

@testable import TrapService

@Suite("SNMPv3, transports, agents and forwarding in the configuration")
struct SecurityTests {
  struct Missing: Error {}

  private func golden() throws -> ConfigurationFile {
    try ConfigurationFixture.read(ConfigurationFixture.goldens.appending(path: "valid/security.xml").path)
  }

  private func parse(security: String) throws -> ConfigurationFile {
    try ConfigurationFixture.parse(
      ConfigurationFixture.xml().replacing("<listeners>", with: "<security>\(security)</security><listeners>"))
  }

  @Test("Users become credentials, each secret in its form")
  func users() throws {
    let directory = try golden().configuration.security.makeDirectory()
    #expect(directory.all.map(\.name) == ["noc", "noc-core1", "field", "open", "routers", "old"])
    let noc = try #require(directory.named("noc")?.user)
    #expect(noc.authentication == .init(.sha256, .passphrase(Array("s3cret-s3cret-s3cret".utf8))))
    #expect(noc.privacy?.method == .aes128 && noc.minimumLevel == 1 && noc.engineID == nil && noc.checksTimeWindow)
    let core = try #require(directory.named("noc-core1")?.user)
    let engineID: [UInt8] = [0x80, 0x00, 0x1f, 0x88, 0x80, 0xe9, 0x63, 0, 0, 0xd6, 0x1f, 0xf4, 0x49]
    #expect(core.engineID == engineID && core.name == noc.name && !core.checksTimeWindow && core.minimumLevel == 3)
    let key: [UInt8] = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef]
    #expect(core.authentication == .init(.md5, .localized(key + key)))
    #expect(core.privacy == .init(.aes256Reeder, .localized([UInt8](repeating: 0xc3, count: 32))))
    let field = try #require(directory.named("field")?.user)
    #expect(field.name == Array("field & lab".utf8))
    #expect(field.privacy == .init(.des, .master([UInt8](repeating: 0x5a, count: 20))))
    let open = try #require(directory.named("open")?.user)
    #expect(open.level == 0 && open.minimumLevel == 0 && open.authentication == nil)
    // The one for its engine ID comes before the one for any.
    #expect(directory.user(of: V3Identity(engineID: engineID, userName: noc.name)) === core)
    #expect(directory.user(of: V3Identity(engineID: [1, 2, 3, 4, 5], userName: noc.name)) === noc)
    guard case .community(let old, isV1: true) = try #require(directory.named("old")).kind,
      case .community(let routers, isV1: false) = try #require(directory.named("routers")).kind
    else { throw Missing() }
    #expect(old == Array("s3cret-s3cret-s3cret".utf8) && routers == Array("n0c".utf8))
  }

  @Test("A reload keeps the objects of what is the same, and of nothing else")
  func identity() throws {
    let first = try golden().configuration.security
    let before = first.makeDirectory()
    let same = try golden().configuration.security.makeDirectory(keeping: before)
    #expect(zip(before.all, same.all).allSatisfy { $0 === $1 && $0.user === $1.user })
    var changed = first
    changed.users[0].minimumLevel = .authPriv
    changed.users[2].authentication?.secret = Secret([UInt8](repeating: UInt8(ascii: "a"), count: 40), origin: .inline)
    changed.communities[0].version = .v1
    let after = changed.makeDirectory(keeping: before)
    #expect(zip(before.all, after.all).map { $0 === $1 } == [false, true, false, true, false, true])
  }

  @Test("Everything that the golden writes of TLS and agents arrives")
  func peers() throws {
    let configuration = try golden().configuration
    let tls = try #require(configuration.security.tls)
    #expect(tls.certificateFile == "/etc/trapline/tls.pem" && tls.keyFile == "/etc/trapline/tls.key")
    #expect(tls.authorities == "/etc/trapline/ca" && tls.peers.count == 3)
    #expect(tls.peers[0].fingerprint == .init(digest: .sha256, octets: Array(0..<32)))
    #expect(tls.peers.map(\.identity) == [.named("noc"), .from(.commonName), .from(.anyName)])
    #expect(configuration.agents.relays.map { "\($0)" } == ["10.0.0.0/24", "2001:db8:5::/48", "192.0.2.9/32"])
    #expect(
      configuration.agents.translations.map { "\($0.source) \($0.agent)" } == [
        "203.0.113.7 10.1.2.3", "2001:db8::7 10.1.2.3",
      ])
    #expect(configuration.daemon.informs.highWater == 80 && configuration.daemon.informs.repeats == 2 << 20)
    #expect(configuration.daemon.informs.repeatWindow == 300_000_000_000)
    #expect(configuration.daemon.polling.outstanding == 128 && configuration.daemon.polling.retries == 0)
    #expect(configuration.daemon.polling.timeout == 1_500_000_000)
    let routes = configuration.metadata.rules[0].routes
    #expect(routes.map(\.credentials) == ["noc-core1", "routers"])
    #expect(routes.map(\.minimumLevel) == [.authPriv, nil])
  }

  @Test("Everything that the golden writes of listeners arrives")
  func listeners() throws {
    let listeners = try golden().configuration.listeners
    #expect(listeners.map(\.address.transport) == [.udp, .tcp, .tls, .dtls])
    #expect(listeners.map(\.v3) == [.verify, .refuse, .verify, .verify])
    #expect(listeners.map(\.informs) == [.deliver, .deliver, .answer, .answer])
    #expect(listeners.map(\.reports) == [.all, .discovery, .discovery, .none])
    #expect(listeners.map(\.key) == [.agent, .source, .source, .source])
    #expect(listeners[0].minimumLevel == .authPriv && listeners[2].minimumLevel == .noAuthNoPriv)
    #expect(listeners[0].allowed.count == 3 && listeners[0].denied.map { "\($0)" } == ["10.66.0.0/16"])
    #expect(listeners[1].connections.most == 64 && listeners[1].connections.mostPerSource == 4)
    #expect(listeners[1].connections.idle == 90_000_000_000)
    // Fewer connections than the default for one source lower that default with them.
    #expect(listeners[2].connections.mostPerSource == 8 && listeners[3].connections == .init())
  }

  @Test("Everything that the golden writes of forwarding arrives")
  func forwards() throws {
    let forwards = try golden().configuration.engines.map { engine in
      guard case .forward(let forward) = engine.kind else { throw Missing() }
      return forward
    }
    #expect(forwards.map(\.version) == [.same, .v2c, .v1, .v3])
    #expect(forwards.map(\.pdu) == [.same, .inform, .same, .trap])
    #expect(forwards[1].community?.octets == Array("n0c".utf8) && forwards[0].community == nil)
    #expect(forwards[1].timeout == 2_000_000_000 && forwards[1].retries == 5 && forwards[0].retries == 3)
    #expect("\(forwards[1].address)" == "udp:[2001:db8::1]:162")
    #expect(forwards[3].user == "noc" && forwards[3].level == .authNoPriv && forwards[3].context == "")
  }

  @Test("What is remembered counts under the memory limit, derived or written")
  func limits() throws {
    let written = try golden().limits
    #expect(written.security.engines == 20_000 && written.security.enginesOctets == 20_000 * 256)
    #expect(written.security.keys == 8 << 20 && written.security.repeats == 4 << 20)
    #expect(written.security.informRepeats == 2 << 20 && written.total == written.memoryLimit)
    #expect(written.listeners.map(\.connections) == [0, 4 << 20, 512 << 10, 16 << 20])
    #expect(written.listeners.map(\.receiveVectors) == [4 << 20, 0, 0, 0])
    let standard = try ConfigurationFixture.parse(ConfigurationFixture.xml()).limits.security
    #expect(standard.engines == 65_536 && standard.keys == 32 << 20)
    #expect(standard.repeats == 8 << 20 && standard.informRepeats == 4 << 20)
    let small = try ConfigurationFixture.parse(ConfigurationFixture.xml(daemon: "<memory limit=\"64MiB\"/>")).limits
    #expect(small.security.total < 8 << 20)
  }

  @Test("No secret is printed, in whatever form it is")
  func secrets() throws {
    let file = try golden()
    let printed = file.configuration.printed(file.limits)
    for secret in ["s3cret", "n0c\"", "0123456789abcdef0123456789abcdef", "5A5A", "c3c3"] {
      #expect(!printed.contains(secret) && !"\(file)".contains(secret), "\(secret)")
    }
    #expect(printed.contains("auth-secret=\"env:MD5_KEY\""))
  }

  @Test("A secret that stands in the file itself is refused and not quoted")
  func inline() throws {
    let failure = try #require(throws: ConfigurationFailure.self) {
      try parse(security: "<user name=\"a\" auth=\"MD5\" auth-secret=\"hunter2-hunter2\"/>")
    }
    #expect(failure.issues.count == 1 && !failure.description.contains("hunter"))
  }

  @Test("A passphrase has at least eight octets (RFC 3414 §11.2)", arguments: [("1234567", 1), ("12345678", 0)])
  func shortest(passphrase: String, mistakes: Int) throws {
    var surroundings = ConfigurationFixture.surroundings
    surroundings.variable = { ["HOME": "/h", "P": passphrase][$0] }
    let xml = ConfigurationFixture.xml().replacing(
      "<listeners>",
      with: "<security><user name=\"a\" auth=\"SHA-512\" auth-secret=\"env:P\"/></security><listeners>")
    do throws(ConfigurationFailure) {
      _ = try ConfigurationFixture.parse(xml, surroundings: surroundings)
      #expect(mistakes == 0)
    } catch {
      #expect(error.issues.count == mistakes && !error.description.contains(passphrase))
    }
  }

  @Test(
    "A forward engine whose receiver is an own listener is warned about",
    arguments: [
      ("[::]:1162", "127.0.0.1:1162", true), ("[::]:1162", "[::1]:1162", true), ("[::]:1162", "127.0.0.1:162", false),
      ("[::]:1162", "192.0.2.1:1162", false), ("0.0.0.0:1162", "127.0.0.9:1162", true),
      ("0.0.0.0:1162", "[::1]:1162", false), ("192.0.2.1:1162", "192.0.2.1:1162", true),
      ("192.0.2.1:1162", "127.0.0.1:1162", false),
    ])
  func ownListener(listener: String, receiver: String, isOwn: Bool) throws {
    let engine = "<forward name=\"e\" address=\"udp:\(receiver)\" version=\"2c\" community=\"env:NOC\"/>"
    let xml = """
      <trapline xmlns="urn:trapline:daemon:1">
        <listeners><listener name="l" address="udp:\(listener)" metadata="r" accept="all"/></listeners>
        <metadata><rules name="r"><default engines="e"/></rules></metadata>
        <engines>\(engine)</engines>
      </trapline>
      """
    let warnings = try ConfigurationFixture.parse(xml).warnings
    #expect(
      warnings.map(\.description)
        == (isOwn
          ? [
            "test.xml:4: forward: udp:\(receiver) is this daemon's own listener l: what is sent on comes back; "
              + "write the address of another receiver"
          ] : []))
  }

  @Test(
    "A forward engine that has no seal for what is decrypted here is warned about, and no other",
    arguments: [
      ("<forward name=\"e\" address=\"udp:192.0.2.1:162\"/>", "verify", 1),
      ("<forward name=\"e\" address=\"udp:192.0.2.1:162\" user=\"a\"/>", "verify", 0),
      ("<forward name=\"e\" address=\"udp:192.0.2.1:162\" version=\"2c\" community=\"env:NOC\"/>", "verify", 0),
      ("<forward name=\"e\" address=\"udp:192.0.2.1:162\"/>", "deliver-raw", 0),
      ("<forward name=\"e\" address=\"udp:192.0.2.1:162\"/>", "refuse", 0),
    ])
  func unsealable(engine: String, v3: String, expected: Int) throws {
    let xml = ConfigurationFixture.xml().replacing("<file name=\"e\" path=\"-\"></file>", with: engine)
      .replacing("accept=\"all\"", with: "accept=\"all\" v3=\"\(v3)\"")
    let users = "<security><user name=\"a\" auth=\"MD5\" auth-secret=\"env:MD5_KEY\"/></security><listeners>"
    let warnings = try ConfigurationFixture.parse(xml.replacing("<listeners>", with: users)).warnings
    #expect(warnings.count == expected)
    #expect(warnings.allSatisfy { $0.line == 7 && $0.description.contains("dead letters; add user=") }, "\(warnings)")
    // Without a user nothing is decrypted.
    #expect(try ConfigurationFixture.parse(xml.replacing(" user=\"a\"", with: "")).warnings.isEmpty)
  }

  @Test(
    "A certificate's key that others may read is warned about",
    arguments: [(0o600, 0), (0o640, 0), (0o644, 1), (nil, 0)] as [(UInt32?, Int)])
  func readableKey(mode: UInt32?, expected: Int) throws {
    var surroundings = ConfigurationFixture.surroundings
    surroundings.mode = { $0.hasSuffix(".key") ? mode : 0o644 }
    let tls = "<tls certificate=\"/etc/trapline/a.pem\" key=\"/etc/trapline/a.key\" authorities=\"/etc/trapline/ca\"/>"
    let xml = ConfigurationFixture.xml().replacing("<listeners>", with: "<security>\(tls)</security><listeners>")
    let warnings = try ConfigurationFixture.parse(xml, surroundings: surroundings).warnings
    #expect(warnings.count == expected)
    #expect(
      warnings.allSatisfy { $0.description.contains("tls: key /etc/trapline/a.key has mode 644") }, "\(warnings)")
  }

  @Test("Certificates are looked for where the configuration is read")
  func unreadable() {
    #expect(Surroundings.process.unreadable(ConfigurationFixture.root.path) == nil)
    #expect(Surroundings.process.unreadable("/no/such/file") == "No such file or directory")
  }

  @Test("A key that is not the certificate's is told of before the start")
  func unusable() throws {
    var surroundings = ConfigurationFixture.surroundings
    surroundings.unusable = { _ in "key values mismatch" }
    let tls = "<tls certificate=\"/etc/trapline/a.pem\" key=\"/etc/trapline/b.key\" authorities=\"/etc/trapline/ca\"/>"
    let xml = ConfigurationFixture.xml().replacing("<listeners>", with: "<security>\(tls)</security><listeners>")
    let failure = try #require(throws: ConfigurationFailure.self) {
      try ConfigurationFixture.parse(xml, surroundings: surroundings)
    }
    #expect(failure.issues.count == 1)
    #expect(failure.description.contains("tls: no listener can open with its files: key values mismatch"))
  }

  @Test("The shipped configuration verifies SNMPv3, and without a user knows nobody")
  func embedded() throws {
    let configuration = try ConfigurationFile.read(path: nil, surroundings: ConfigurationFixture.surroundings)
      .configuration
    #expect(configuration.listeners.map(\.v3) == [.verify] && configuration.security == .init())
    #expect(configuration.security.makeDirectory().all.isEmpty && configuration.agents == .init())
  }

  @Test("What the manual and the shipped files say of a first user and of TLS is read without a mistake")
  func examples() throws {
    let path = ConfigurationFixture.root.appending(path: "Documentation/man/trapline.xml.5")
    let manual = try String(contentsOf: path, encoding: .utf8)
    let examples = manual.components(separatedBy: ".Bd -literal\n").dropFirst()
      .compactMap { $0.components(separatedBy: ".Ed\n").first }
      .filter { $0.hasPrefix("<security>") }
    #expect(examples.count == 2)
    for example in examples {
      let security = example.components(separatedBy: "<listeners>")[0]
      var xml = ConfigurationFixture.xml().replacing("<listeners>", with: security + "<listeners>")
      if let listeners = example.components(separatedBy: "<listeners>").dropFirst().first {
        let second = listeners.components(separatedBy: "</listeners>")[0].replacing("\"routes\"", with: "\"r\"")
        xml = xml.replacing("</listeners>", with: second + "</listeners>")
      }
      #expect(throws: Never.self) { try ConfigurationFixture.parse(xml) }
    }
  }

  @Test("The examples that the shipped files have in comments are of elements and attributes that exist")
  func comments() throws {
    for shipped in ConfigurationFixture.shipped {
      let url = ConfigurationFixture.root.appending(path: shipped)
      let text = try String(contentsOf: url, encoding: .utf8)
      let end = try #require(text.range(of: "<security/>"))
      let comment = text[..<end.lowerBound].components(separatedBy: "<!--").last ?? ""
      let start = try #require(comment.range(of: "<user"))
      // Of the default configuration, the elements around them too.
      let example = comment[start.lowerBound...].replacing("-->", with: "").replacing("</security>", with: "")
      let prose = example.split(separator: "\n\n").map { part in part.drop { $0 != "<" } }.joined(separator: "\n")
      let read = try parse(security: prose).configuration.security
      #expect(read.users.first?.name == "noc" && read.users.first?.level == .authPriv)
    }
  }
}
