import Foundation
import Testing

@testable import TrapService

@Suite("Configurations on disk")
struct ConfigurationGoldenTests {
  static let valid =
    ConfigurationFixture.names(in: "valid").map { "Tests/Configurations/valid/\($0).xml" }
    + ConfigurationFixture.shipped
  static let broken = ConfigurationFixture.names(in: "broken")

  @Test("There are goldens to look at")
  func goldensExist() {
    #expect(Self.valid.count >= 5)
    #expect(Self.broken.count >= 10)
  }

  @Test("What is printed reads back as the same configuration, and prints the same again", arguments: valid)
  func roundTrip(path: String) throws {
    let url = ConfigurationFixture.root.appending(path: path)
    let first = try ConfigurationFixture.read(url.path)
    let printed = first.configuration.printed(first.limits)
    let second = try ConfigurationFixture.parse(printed, directory: url.deletingLastPathComponent().path)
    #expect(second.configuration == first.configuration)
    #expect(second.limits == first.limits)
    // The note on where the state directory came from is the one thing that a second reading can't know.
    let again = second.configuration.printed(second.limits)
    let notes = printed.split(separator: "\n").filter { !$0.contains("the state directory is from") }
    #expect(again.split(separator: "\n") == notes)
  }

  @Test("A broken configuration reports every mistake with its line", arguments: broken)
  func reportsEverything(name: String) throws {
    let folder = ConfigurationFixture.goldens.appending(path: "broken")
    let expected = try String(contentsOf: folder.appending(path: "\(name).errors"), encoding: .utf8)
      .split(separator: "\n").map(String.init)
    let path = folder.appending(path: "\(name).xml").path
    let failure = try #require(throws: ConfigurationFailure.self) { try ConfigurationFixture.read(path) }
    let found = failure.issues.filter { $0.severity == .error }
      .map { String($0.description.dropFirst(path.count + 1)) }
    #expect(found.sorted() == expected.sorted())
    #expect(failure.issues.map(\.line) == failure.issues.map(\.line).sorted())
    #expect(!failure.description.contains("s3cret"))
  }

  @Test("The built-in configuration is the shipped one, to the byte")
  func embedded() throws {
    let shipped = try Data(contentsOf: ConfigurationFixture.root.appending(path: "Config/trapline.xml"))
    #expect(Array(EmbeddedConfiguration.xml.utf8) == Array(shipped))
    let file = try ConfigurationFile.read(path: nil, surroundings: ConfigurationFixture.surroundings)
    #expect(file.warnings.isEmpty)
    #expect(file.path == "(built-in)")
    #expect(file.configuration.listeners.map { "\($0.address)" } == ["udp:[::]:1162"])
    #expect(file.configuration.daemon.agent?.address == "udp:127.0.0.1:1161")
  }

  @Test("The shipped configurations give no warning", arguments: ConfigurationFixture.shipped)
  func noWarnings(path: String) throws {
    let file = try ConfigurationFixture.read(ConfigurationFixture.root.appending(path: path).path)
    #expect(file.warnings.isEmpty)
  }

  @Test("A file that is not there is one error with the system's reason")
  func missingFile() throws {
    let failure = try #require(throws: ConfigurationFailure.self) { try ConfigurationFixture.read("no-such.xml") }
    #expect(
      failure.description
        == "no-such.xml:1: document: cannot be read: No such file or directory; give the path of a readable file")
  }
}
