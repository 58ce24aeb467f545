internal import Foundation
internal import Testing

@testable internal import trapline

@Suite("Dead-letter files")
struct LetterFileTests {
  private static let good =
    #"{"engine":"pager","listener":"main","port":50211,"raw":"MCYC","received":"2026-11-21T03:20:11.123456Z","#
    + #""reason":"x","sequence":7,"source":"192.0.2.7"}"#

  private func withFile(_ text: String, _ body: (URL) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("letters-\(UUID().uuidString).ndjson")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url)
  }

  private func lines(_ file: LetterFile) throws -> [String] {
    var lines: [String] = []
    while true {
      switch try file.next(isCancelled: { false }) {
      case .text(let line): lines.append(String(decoding: line, as: UTF8.self))
      case .tooLong: lines.append("too long")
      case .end: return lines
      }
    }
  }

  @Test("lines come in order, the last one also without its end")
  func order() throws {
    try withFile("a\n\nb\nc") { url in
      let read = try lines(LetterFile(path: url.path))
      #expect(read == ["a", "", "b", "c"])
    }
  }

  @Test("what is appended after the file was opened is not read: a replay must end")
  func appended() throws {
    try withFile("a\nb\n") { url in
      let file = try LetterFile(path: url.path)
      let handle = try FileHandle(forWritingTo: url)
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("c\n".utf8))
      try handle.close()
      let read = try lines(file)
      #expect(read == ["a", "b"])
    }
  }

  @Test("a line beyond the bound is told as one and passed over")
  func tooLong() throws {
    try withFile("a\n" + String(repeating: "x", count: LetterFile.lineMax * 2 + 1) + "\nb\n") { url in
      let file = try LetterFile(path: url.path)
      let read = try lines(file)
      #expect(read == ["a", "too long", "b"])
      #expect(file.line == 3)
    }
  }

  @Test("a good letter has no complaint")
  func good() {
    #expect(LetterCheck.complaint(Array(LetterFileTests.good.utf8)) == nil)
  }

  @Test(
    "a bad one is told by what is wrong",
    arguments: [
      ("MCYC", "!!", "\"raw\" is not base64"), ("MCYC", "", "\"raw\" is not base64"),
      ("50211", "\"x\"", "is no dead letter: \"port\" is of another type"),
      ("\"source\"", "\"sauce\"", "is no dead letter: it has no \"source\""), ("{", "", "is not JSON"),
    ])
  func bad(_ part: String, _ replacement: String, _ complaint: String) {
    let line = LetterFileTests.good.replacingOccurrences(of: part, with: replacement)
    #expect(LetterCheck.complaint(Array(line.utf8)) == complaint)
  }

  @Test(
    "a place to go on is a line, or a line of a file",
    arguments: [("7", nil, 7), ("a.1.ndjson:7", "a.1.ndjson", 7)])
  func places(_ text: String, _ path: String?, _ line: Int) throws {
    let place = try #require(ReplayPlace(argument: text))
    #expect(place.path == path)
    #expect(place.line == line)
    #expect(place.description == text)
  }

  @Test("what is no place is refused", arguments: ["0", "-1", "a", "a:", "a:0"])
  func noPlaces(_ text: String) {
    #expect(ReplayPlace(argument: text) == nil)
  }
}
