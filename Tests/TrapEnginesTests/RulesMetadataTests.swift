import SNMPWire
import Testing
import TrapBatching
import TrapClassification
import TrapEngines

@Suite("Metadata from rules")
struct RulesMetadataTests {
  private let routeSets = RouteSetTable()
  private let linkDown: [UInt8] = [
    0x30, 0x38, 0x02, 0x01, 0x01, 0x04, 0x03, 0x6e, 0x6f, 0x63, 0xa7, 0x2e, 0x02, 0x01, 0x01, 0x02, 0x01, 0x00, 0x02,
    0x01, 0x00, 0x30, 0x23, 0x30, 0x0d, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x02, 0x01, 0x01, 0x03, 0x00, 0x43, 0x01, 0x05,
    0x30, 0x12, 0x06, 0x0a, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x04, 0x01, 0x00, 0x06, 0x04, 0x2b, 0x06, 0x01,
    0x06,
  ]
  /// SNMPv1, community `noc`, enterprise 1.3.6.1.4.1.9, generic 6, specific 42: 1.3.6.1.4.1.9.0.42 by RFC 3584.
  private let specific: [UInt8] = [
    0x30, 0x25, 0x02, 0x01, 0x00, 0x04, 0x03, 0x6e, 0x6f, 0x63, 0xa4, 0x1b, 0x06, 0x06, 0x2b, 0x06, 0x01, 0x04, 0x01,
    0x09, 0x40, 0x04, 0x0a, 0x00, 0x00, 0x01, 0x02, 0x01, 0x06, 0x02, 0x01, 0x2a, 0x43, 0x01, 0x05, 0x30, 0x00, 0x05,
    0x00,
  ]

  private func engines(_ rules: RulesMetadata, _ source: String, _ octets: [UInt8]) -> [String] {
    let program = rules.program(for: MetadataKey(listener: 0, source: SourceAddress(source)!))
    var reader = TrapReader()
    reader.begin()
    let number = program.routeSet(of: octets.span, reader: &reader)
    return number == .none ? [] : routeSets.routeSet(number).engines
  }

  @Test("the first rule whose conditions all hold decides, then the default")
  func rules() {
    let rules = RulesMetadata(
      rules: [
        .init(source: AddressPrefix("10.1.0.0/16"), trap: ObjectIdentifier("1.3.6.1.4.1.9.0"), engines: ["cisco"]),
        .init(source: AddressPrefix("10.1.0.0/16"), versions: [.v1], engines: ["never"]),
        .init(community: Array("noc".utf8), pdus: [.trapV2], engines: ["b", "a"]),
      ], defaultEngines: ["archive"], routeSets: routeSets)
    #expect(engines(rules, "10.1.2.3", specific) == ["cisco"])
    #expect(engines(rules, "10.2.2.3", specific) == ["archive"])
    #expect(engines(rules, "10.1.2.3", linkDown) == ["a", "b"])
    #expect(engines(rules, "2001:db8::1", linkDown) == ["a", "b"])
  }

  @Test("without a default, what no rule matches goes nowhere")
  func noDefault() {
    let rules = RulesMetadata(
      rules: [.init(source: AddressPrefix("2001:db8::/32"), engines: ["six"])], defaultEngines: [],
      routeSets: routeSets)
    #expect(engines(rules, "2001:db8::7", linkDown) == ["six"])
    #expect(engines(rules, "10.0.0.1", linkDown) == [])
  }

  @Test("keys that the same rules apply to share one program")
  func sharing() {
    let rules = RulesMetadata(
      rules: [.init(source: AddressPrefix("10.1.0.0/16"), engines: ["one"])], defaultEngines: ["rest"],
      routeSets: routeSets)
    func program(_ source: String) -> RoutingProgram {
      rules.program(for: MetadataKey(listener: 0, source: SourceAddress(source)!))
    }
    #expect(program("10.1.0.1") === program("10.1.9.9"))
    #expect(program("10.1.0.1") !== program("10.2.0.1"))
    #expect(program("10.2.0.1").constant != nil)
  }

  @Test("a rule's attributes travel in its route set")
  func attributes() {
    let site = TrapAttribute(name: "site", value: "LHR2")
    let rules = RulesMetadata(
      rules: [.init(engines: ["one"], attributes: [site])], defaultEngines: [], routeSets: routeSets)
    let program = rules.program(for: MetadataKey(listener: 0, source: SourceAddress("10.0.0.1")!))
    #expect(routeSets.routeSet(program.constant!).attributes == [site])
  }

  @Test("a request is answered whole before the asking returns")
  func asking() {
    let rules = RulesMetadata(rules: [], defaultEngines: ["all"], routeSets: routeSets)
    let answers = MetadataAnswers(bound: 1 << 16, waker: Waker())
    let key = MetadataKey(listener: 0, source: .unspecified)
    rules.ask(MetadataRequest(id: 1, attempt: 1, keys: [key]), answers: answers)
    #expect(!answers.isEmpty)
  }
}
