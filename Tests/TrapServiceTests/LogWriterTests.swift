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
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while !text.suffix(64).contains(UInt8(ascii: ":")) {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(ends[0], $0.baseAddress, $0.count) }
      try #require(count > 0)
      text += buffer.prefix(count)
    }
    let written = text.count { $0 == UInt8(ascii: "\n") } - 1
    let last = String(decoding: text.suffix(80), as: UTF8.self).split(separator: "\n").last
    #expect(last == "log: \(1000 - written) lines were left out, as nobody read them in time")
  }
}
