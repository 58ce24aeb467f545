import Testing
import TrapBatching
import TrapClassification
import TrapHTTP
import TrapSecurity

@testable import TrapEngines

@Suite("Metadata over HTTP: credentials and agents")
struct HTTPMetadataCredentialsTests {
  private let reading = HTTPMetadataReading()
  private let seven = HTTPMetadataReading.key("192.0.2.7")

  private func outcome(_ members: String) -> HTTPMetadataOutcome {
    let routes = #""routes":[{"engines":["a"]}]"#
    return reading.outcome(
      #"{"request":"7","answers":[{"source":"192.0.2.7",\#(routes),\#(members)}]}"#, keys: [seven])
  }

  private func program(_ members: String) -> RoutingProgram? {
    let outcome = outcome(members)
    guard case .answered(let answer) = outcome, case .program(let program) = answer.items[0].verdict else {
      Issue.record("\(reading.text(outcome))")
      return nil
    }
    return program
  }

  private static let key = String(repeating: "0A", count: 16)

  @Test("a name is one of the configuration's, and an object brings the credentials themselves")
  func forms() {
    #expect(program(#""credentials":"noc""#)?.credentials == "noc")
    let passphrase = program(
      #""credentials":{"name":"n","user":"u","auth":"SHA-256","authSecret":"hidden secret"}"#)
    #expect(passphrase?.credentials == "n" && passphrase?.given?.name == "n")
    #expect(passphrase?.given?.user?.authentication == .init(.sha256, .passphrase(Array("hidden secret".utf8))))
    let localized = program(
      """
      "credentials":{"privSecret":"\(Self.key)","priv":"AES-128","authSecret":"\(Self.key)","auth":"MD5","user":"u",
      "form":"localized","engineID":"8000000001","timeWindow":"ignore"}
      """)?.given?.user
    #expect(localized?.privacy == .init(.aes128, .localized(Array(repeating: 10, count: 16))))
    #expect(localized?.engineID == [0x80, 0, 0, 0, 1] && localized?.checksTimeWindow == false)
    let community = program(#""credentials":{"community":"public","version":"1"}"#)
    guard case .community(Array("public".utf8), isV1: true)? = community?.given?.kind else {
      Issue.record("no community")
      return
    }
  }

  @Test("an agent goes with the answer")
  func agent() { #expect(program(#""agent":"10.1.2.3""#)?.agent == SourceAddress("10.1.2.3")) }

  @Test("equal credentials are one object across answers; others are another")
  func identity() throws {
    let programs = HTTPMetadataPrograms(routeSets: RouteSetTable())
    func user(_ secret: String) throws -> USMUser {
      var item = HTTPMetadataItem()
      var stated = StatedCredentials(name: "u")
      (stated.user, stated.auth, stated.authSecret) = (Array("u".utf8), .md5, Array(secret.utf8))
      item.stated = stated
      return try #require(try programs.program(of: item).given?.user)
    }
    let first = Swift.ObjectIdentifier(try user("hidden secret"))
    let other = try user("hidden secrets")
    #expect(Swift.ObjectIdentifier(other) != first)
    #expect(Swift.ObjectIdentifier(try user("hidden secret")) == first)
  }

  static let wrong: [(String, String)] = [
    (#"{"user":"u","auth":"MD5","authSecret":"hidden7"}"#, "authSecret: the passphrase has 7 octets"),
    (#"{"user":"u","auth":"hidden secret"}"#, #"auth: it is none of "MD5", "SHA-1""#),
    (#"{"user":"u","auth":"MD5"}"#, "authSecret: the protocol has no secret"),
    (
      #"{"user":"u","auth":"MD5","authSecret":"hidden secret","form":"master"}"#,
      "authSecret: the master key is not hexadecimal"
    ),
    (#"{"user":"u","auth":"MD5","authSecret":"0a0b","form":"master"}"#, "authSecret: the master key has 2 octets"),
    (#"{"user":"u","auth":"MD5","authSecret":"\#(key)","form":"localized"}"#, "engineID: localized keys"),
    (#"{"user":"u","priv":"DES","privSecret":"hidden secret"}"#, "priv: privacy without authentication"),
    (#"{"user":"u","auth":"MD5","authSecret":"hidden secret","minimumLevel":"authPriv"}"#, "minimumLevel: "),
    (#"{"user":"u","engineID":"80"}"#, "engineID: the engine ID has 1 octets"),
    (#"{"user":"u","password":"hidden secret"}"#, "password: no member of credentials"),
    (#"{"user":"u","user":"u"}"#, "user: it stands twice"),
    (#"{"user":"u","community":"hidden secret"}"#, "community: there are a user and a community"),
    (#"{"community":"hidden secret","version":"3"}"#, #"version: it is none of "1", "2c""#),
    (#"{"name":"n"}"#, "user: there is neither a user nor a community"),
    ("7", "expected text, found a number"),
  ]

  @Test("a mistake is named by its place, and never with a secret", arguments: wrong)
  func mistakes(credentials: String, reason: String) {
    let text = reading.text(outcome(#""credentials":\#(credentials)"#)).joined()
    #expect(text.contains("answers[0] (192.0.2.7): credentials"), "\(text)")
    #expect(text.contains(reason), "\(text)")
    #expect(!(text + reading.log.lines.joined()).contains("hidden"), "\(text)")
  }

  @Test("an answer under another status than 200 is not quoted, as it may hold secrets")
  func status() {
    let body = Array(#"{"credentials":{"authSecret":"hidden secret"}}"#.utf8)
    let text = reading.text(reading.outcome(.success(.init(status: 203, body: body)), keys: [seven]))
    #expect(text == ["status 203"])
  }
}
