import Foundation
import Testing
import TrapLedger
import TrapObservation
import TrapSecurity

@testable import TrapService

@Suite("The schema and the daemon's own walk")
struct SchemaAgreementTests {
  /// What only the walk can see: ranges, lists of references, files, sums.
  static let beyondTheSchema: Set<String> = [
    "limits", "no-room", "no-room-services", "reserves", "monitor-relations", "monitor-nobody",
  ]
  static let schemaPath = ConfigurationFixture.root.appending(path: "Config/trapline.xsd").path

  private static func types() throws -> [String: MarkupElement] {
    let schema = try MarkupDocument.parse([UInt8](Data(contentsOf: URL(filePath: schemaPath))))
    return Dictionary(
      uniqueKeysWithValues: schema.children("complexType").map { ($0.attribute("name") ?? "", $0) })
  }

  private func compare(_ rule: ElementRule, type name: String, _ types: [String: MarkupElement]) throws {
    let type = try #require(types[name], "the schema has no type \(name)")
    #expect(type.children("attribute").compactMap { $0.attribute("name") }.sorted() == rule.attributes.sorted())
    let content = type.child("all") ?? type.child("choice")
    let elements = content?.children("element") ?? []
    #expect(elements.compactMap { $0.attribute("name") }.sorted() == rule.children.map(\.rule.name).sorted(), "\(name)")
    for child in rule.children {
      let element = try #require(elements.first { $0.attribute("name") == child.rule.name })
      let childType = try #require(element.attribute("type"))
      if childType.hasPrefix("xs:") {
        #expect(child.rule.holdsText && child.rule.attributes.isEmpty)
      } else {
        try compare(child.rule, type: childType, types)
      }
      if type.child("all") != nil {
        #expect((element.attribute("minOccurs") != "0") == (child.occurrence == .required), "\(child.rule.name)")
        #expect(child.occurrence != .any, "\(child.rule.name)")
      }
    }
  }

  @Test("Both know the same elements and attributes")
  func vocabulary() throws {
    try compare(Vocabulary.trapline, type: "trapline", Self.types())
  }

  @Test("Both know the same words")
  func words() throws {
    let schema = try MarkupDocument.parse([UInt8](Data(contentsOf: URL(filePath: Self.schemaPath))))
    func words(_ name: String) -> [String] {
      let type = schema.children("simpleType").first { $0.attribute("name") == name }
      return type?.child("restriction")?.children("enumeration").compactMap { $0.attribute("value") } ?? []
    }
    func cases<Word: CaseIterable & RawRepresentable<String>>(_: Word.Type) -> [String] {
      Word.allCases.map(\.rawValue)
    }
    #expect(words("modeType") == cases(Configuration.Agent.Mode.self))
    #expect(words("viewType") == cases(Configuration.Agent.Access.View.self))
    #expect(words("accessType") == cases(Configuration.Agent.Access.Right.self))
    #expect(words("encryptedType") == cases(Configuration.Agent.Log.Encrypted.self))
    #expect(words("v3Type") == cases(Configuration.Listener.V3Policy.self))
    #expect(words("pduType") == cases(Configuration.Route.PDU.self))
    #expect(words("formatType") == cases(Configuration.File.Format.self))
    #expect(words("syncType") == cases(Configuration.File.Sync.self))
    #expect(words("counter64Type") == cases(Configuration.File.Counter64.self))
    #expect(words("levelType") == cases(Configuration.SecurityLevel.self))
    #expect(words("authType") == AuthProtocol.allCases.map(\.name))
    #expect(words("privType") == PrivProtocol.allCases.map(\.name))
    #expect(words("secretFormType") == cases(Configuration.User.SecretForm.self))
    #expect(words("timeWindowType") == cases(Configuration.User.TimeWindow.self))
    #expect(words("communityVersionType") == cases(Configuration.Community.Version.self))
    #expect(words("peerFieldType") == cases(Configuration.TLS.Peer.Field.self))
    #expect(words("informsType") == cases(Configuration.Listener.InformPolicy.self))
    #expect(words("reportsType") == cases(Configuration.Listener.ReportPolicy.self))
    #expect(words("keyAddressType") == cases(Configuration.Listener.KeyAddress.self))
    #expect(words("forwardVersionType") == cases(Configuration.Forward.Version.self))
    #expect(words("forwardPDUType") == cases(Configuration.Forward.PDU.self))
    #expect(words("switchType") == cases(Configuration.Monitor.Defaults.self))
    #expect(words("managerVersionType") == cases(Configuration.Manager.Version.self))
    #expect(words("managerPDUType") == cases(Configuration.Manager.PDU.self))
    #expect(words("gaugeNameType") == cases(GaugeName.self))
    #expect(words("statisticType") == cases(Configuration.MonitorStatistic.Kind.self))
    #expect(words("thresholdKindType") == cases(Configuration.MonitorThreshold.Kind.self))
    #expect(words("severityType") == cases(ThresholdSeverity.self))
    #expect(words("startupType") == cases(Configuration.MonitorThreshold.Startup.self))
    #expect(words("styleType") == cases(Configuration.Program.Style.self))
  }

  @Test("The schema accepts what the walk accepts, and refuses what is wrong in itself")
  func goldens() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/xmllint") else {
      print("skipped: xmllint is not installed")
      return
    }
    for path in ConfigurationGoldenTests.valid {
      #expect(try accepts(ConfigurationFixture.root.appending(path: path).path), "\(path)")
    }
    for name in ConfigurationGoldenTests.broken {
      let path = ConfigurationFixture.goldens.appending(path: "broken/\(name).xml").path
      #expect(try accepts(path) == Self.beyondTheSchema.contains(name), "\(name)")
    }
  }

  private func accepts(_ path: String) throws -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/xmllint")
    process.arguments = ["--noout", "--nonet", "--schema", Self.schemaPath, path]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
