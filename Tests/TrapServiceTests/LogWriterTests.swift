import Glibc
import Testing

@testable import TrapService

@Suite("The log's writer")
struct LogWriterTests {
  @Test("A reader who stalls holds nobody, costs lines beyond the bound, and is told how many")
  func stalled() throws {
    var ends: [CInt] = [0, 0]
    let result = unsafe pipe(&ends)
    try #require(result == 0)
    let writer = LogWriter(descriptor: ends[1])
    try writer.start()
    let line = Array((String(repeating: "x", count: 1023) + "\n").utf8)
    // The pipe takes 64 KiB and the writer's bound 256 KiB: most of these find no room, and `put` returns all the same.
    for _ in 0..<1000 { writer.put(line) }
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 65_536)
    // A slow machine may let the writer tell more than once.
    while Self.lines(text).written + Self.lines(text).leftOut < 1000 {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(ends[0], $0.baseAddress, $0.count) }
      try #require(count > 0)
      text += String(decoding: buffer.prefix(count), as: UTF8.self)
    }
    let (written, leftOut) = Self.lines(text)
    #expect(written + leftOut == 1000 && leftOut > 0)
  }

  /// Whole lines alone: what was put, and how many are told to have been left out.
  private static func lines(_ text: String) -> (written: Int, leftOut: Int) {
    let whole = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let remark = " lines were left out, as nobody read them in time"
    let told = whole.filter { $0.hasPrefix("log: ") && $0.hasSuffix(remark) }
    let leftOut = told.compactMap { Int($0.split(separator: " ")[1]) }.reduce(0, +)
    return (whole.count - told.count, leftOut)
  }
}
