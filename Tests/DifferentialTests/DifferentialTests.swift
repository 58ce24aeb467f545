import Foundation
import SNMPWire
import Testing

@Suite("Beside Net-SNMP's own reading", .serialized)
struct DifferentialTests {
  @Test("explore")
  func explore() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = Int(environment["TRAPLINE_DIFFERENTIAL"] ?? "") ?? 2000
    var messages = Corpus.datagrams
    var generator = Generator(seed: 1)
    var mutator = Mutator(seed: 2)
    messages += (0..<count).map { _ in generator.next().octets }
    let first = messages.count
    messages += (0..<count).map { _ in mutator.next() }
    var readings: [Reading] = []
    let start = Date()
    let lines = try Oracle.readings(of: messages) { readings = messages.map { Reading($0) }; print("ours", -start.timeIntervalSinceNow) }
    print("both", -start.timeIntervalSinceNow)
    var out = ""
    for index in messages.indices {
      out += "\(index < Corpus.datagrams.count ? "C" : index < first ? "G" : "M")\t\(readings[index].outcome)\t\(lines[index])\t\(messages[index].hex)\t\(readings[index].octets.hex)\n"
    }
    try out.write(toFile: "/tmp/diff.out.tsv", atomically: true, encoding: .utf8)
  }
}
