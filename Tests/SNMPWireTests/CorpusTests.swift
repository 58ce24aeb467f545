import SNMPWire
import Testing

@Suite("The corpus")
struct CorpusTests {
  enum Verdict: Equatable {
    case accepted(SNMPVersion, NotificationKind)
    case refused(PeekRefusal)
  }

  static func verdict(_ octets: [UInt8]) -> Verdict {
    do throws(PeekRefusal) {
      let peek = try TrapPeek.read(octets.span)
      return .accepted(peek.version, peek.kind)
    } catch {
      return .refused(error)
    }
  }

  static func isAccepted(_ row: Corpus.Row) -> Bool {
    if case .accepted = verdict(row.octets) { true } else { false }
  }

  /// What the reference classifier's kind means for us.
  static func expected(_ kind: String) -> Verdict {
    switch kind {
    case "v1-trap1": .accepted(.v1, .trapV1)
    case "v2c-trap1": .accepted(.v2c, .trapV1)
    case "v2c-trap2": .accepted(.v2c, .trapV2)
    case "v2c-inform": .accepted(.v2c, .inform)
    case "v3-trap2": .accepted(.v3, .trapV2)
    case "v3-enc": .accepted(.v3, .v3Encrypted)
    case "v3", "v1-?", "v2c-?", "not-snmp": .refused(.malformed)
    case "ver255-get": .refused(.unsupportedVersion)
    default: .refused(.notANotification)
    }
  }

  /// Where the peek sees something else than the kind says, and why it is right to.
  static let exceptions: [String: (verdict: Verdict, reason: String)] = [
    "netxduo 25": (
      .refused(.notANotification), "the classifier gave up in a varbind of a GetRequest; the peek stops at its tag"
    )
  ]

  @Test("every datagram gets the verdict of the reference classifier, or a reviewed other one")
  func verdicts() throws {
    guard !Corpus.rows.isEmpty else { return print("no corpus beside the checkout: not compared") }
    #expect(Corpus.rows.count >= 960)
    var unused = Set(Self.exceptions.keys)
    for row in Corpus.rows {
      let exception = Self.exceptions["\(row.project) \(row.number)"]
      unused.remove("\(row.project) \(row.number)")
      #expect(Self.verdict(row.octets) == exception?.verdict ?? Self.expected(row.kind), "\(row)")
    }
    #expect(unused.isEmpty)
  }

  @Test("every well-formed plain notification decodes, with a trap OID")
  func decodes() throws {
    guard !Corpus.rows.isEmpty else { return print("no corpus beside the checkout: not decoded") }
    var decoded = 0
    for row in Corpus.rows where row.isStrict {
      guard case .accepted(_, let kind) = Self.verdict(row.octets), kind != .v3Encrypted else { continue }
      let reading = Reading(row.octets)
      #expect(reading != nil, "\(row)")
      #expect(reading?.trapOID != nil, "\(row)")
      decoded += 1
    }
    #expect(decoded >= 30)
  }

  @Test("no datagram, request or not, breaks the invariants of a reader")
  func invariants() {
    for row in Corpus.rows {
      #expect(Invariants.broken(by: row.octets) == nil, "\(row)")
    }
  }
}
