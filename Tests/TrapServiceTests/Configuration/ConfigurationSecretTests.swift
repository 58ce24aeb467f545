import Testing

@testable import TrapService

@Suite("Secrets of a configuration")
struct ConfigurationSecretTests {
  private func surroundings(_ content: String, mode: UInt32 = 0o600) -> Surroundings {
    var surroundings = ConfigurationFixture.surroundings
    surroundings.file = { _ throws(OctetFileError) in OctetFile.Content(octets: Array(content.utf8), mode: mode) }
    return surroundings
  }

  private func secret(_ content: String) throws -> [UInt8] {
    let xml = ConfigurationFixture.xml(listener: "<community secret=\"file:/x\"/>")
    let file = try ConfigurationFixture.parse(xml, surroundings: surroundings(content))
    guard case .communities(let secrets) = file.configuration.listeners[0].acceptance else { return [] }
    return secrets[0].octets
  }

  @Test("One trailing newline of a secret's file is dropped, and only one")
  func trailingNewline() throws {
    #expect(try secret("abc") == Array("abc".utf8))
    #expect(try secret("abc\n") == Array("abc".utf8))
    #expect(try secret("abc\n\n") == Array("abc\n".utf8))
  }

  @Test("A secret without an octet is refused")
  func empty() {
    #expect(throws: ConfigurationFailure.self) { try secret("\n") }
  }

  @Test(
    "A mode wider than 640 is warned about",
    arguments: [(0o600, 0), (0o640, 0), (0o400, 0), (0o644, 1), (0o660, 1), (0o750, 1)] as [(UInt32, Int)])
  func mode(mode: UInt32, expected: Int) throws {
    let xml = ConfigurationFixture.xml(listener: "<community secret=\"file:/x\"/>")
    let warnings = try ConfigurationFixture.parse(xml, surroundings: surroundings("a", mode: mode)).warnings
    #expect(warnings.count == expected)
    #expect(warnings.allSatisfy { $0.severity == .warning && $0.line == 4 })
  }

  @Test("A secret written in the file is printed as a blank, and the blank is refused when read")
  func redaction() throws {
    let xml = ConfigurationFixture.xml(
      daemon: "<agent community=\"hunter2\"/>", listener: "<community secret=\"hunter3\"/>",
      route: "<route community=\"hunter4\" engines=\"e\"/>")
    let file = try ConfigurationFixture.parse(xml)
    let printed = file.configuration.printed(file.limits)
    #expect(!printed.contains("hunter"))
    #expect(!"\(file)".contains("hunter") && !String(reflecting: file).contains("hunter"))
    var dumped = ""
    dump(file, to: &dumped)
    #expect(!dumped.contains("hunter") && !dumped.contains("- 104\n"))
    let failure = try #require(throws: ConfigurationFailure.self) { try ConfigurationFixture.parse(printed) }
    #expect(failure.issues.count == 3)
  }
}
