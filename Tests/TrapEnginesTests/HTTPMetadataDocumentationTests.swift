import Foundation
import Testing
import TrapClassification

@testable import TrapEngines

@Suite("Metadata over HTTP: what its documentation promises")
struct HTTPMetadataDocumentationTests {
  private let engine: [UInt8] = [0x80, 0, 0x1f, 0x88, 0x80, 0xc3, 0xa7, 0xd2]

  /// The fenced blocks of Documentation/Metadata.md in a language.
  private func blocks(_ language: String) throws -> [String] {
    let page = HTTPMetadataServer.root.appending(path: "Documentation/Metadata.md")
    let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    var blocks: [String] = []
    var current: [Substring]?
    for line in lines {
      if let open = current, line == "```" {
        blocks.append(open.joined(separator: "\n") + "\n")
        current = nil
      } else if current != nil {
        current!.append(line)
      } else if line == "```\(language)" {
        current = []
      }
    }
    return blocks
  }

  @Test("the service of forty lines works")
  func service() async throws {
    let directory = try TemporaryDirectory()
    let text = try #require(try blocks("python").first)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 41)
    try directory.put(text, "service.py")
    let server = try HTTPMetadataServer(script: "\(directory.path)/service.py", arguments: ["0"])
    let keys = [
      HTTPMetadataReading.key("10.1.2.3"), HTTPMetadataReading.key("2001:db8::17", listener: 1),
      HTTPMetadataReading.key("198.51.100.1", engine: engine, user: "noc"),
    ]
    let outcome = await server.ask(21, keys)
    #expect(
      server.reading.text(outcome) == [
        "10.1.2.3/0: [] alarms,archive{site=LHR2}", "2001:db8::17/1: [] archive{site=FRA1}",
        "198.51.100.1/0: refused",
      ])
    #expect(server.log.lines == [])
  }

  @Test("the example of an answer is read as it is explained")
  func example() throws {
    let answer = try #require(try blocks("json").first { $0.contains("\"answers\"") })
    let reading = HTTPMetadataReading()
    let keys = [
      HTTPMetadataReading.key("192.0.2.7"), HTTPMetadataReading.key("192.0.2.8", engine: engine, user: "noc"),
      HTTPMetadataReading.key("192.0.2.9", engine: engine, user: "noc"),
      HTTPMetadataReading.key("2001:db8::17", listener: 1),
    ]
    let text = answer.replacing("4294967298", with: "7")
    #expect(
      reading.text(reading.outcome(text, keys: keys)) == [
        "192.0.2.7/0: [1.3.6.1.6.3.1.1.5] alarms,archive{customer=Ace,site=LHR2}; "
          + "[v2c v3 inform] alarms{customer=Ace,site=LHR2,urgent=yes}; [lab] nowhere; "
          + "[] archive{customer=Ace,site=LHR2} for 3600 s",
        "192.0.2.8/0: [] alarms; by noc; level 3", "192.0.2.9/0: [] alarms", "2001:db8::17/1: refused",
      ])
    #expect(reading.log.lines == [])
  }

  @Test("the examples keep to the schemas, and the schemas refuse what is wrong")
  func schemas() throws {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [HTTPMetadataServer.root.appending(path: "Tests/Acceptance/metadata_examples.py").path]
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(said)")
    #expect(said.hasPrefix("2 examples, "))
  }
}
