import Testing
import TrapBatching
import TrapDispatch

@testable import TrapEngines

@Suite("A trap as a raw record")
struct RawRecordTests {
  private func record(_ findings: TrapFindings) -> [UInt8] {
    let batch = TestBatch.make(
      [[0x30, 0]], first: 5, attributes: [TrapAttribute(name: "a", value: "bc")], findings: [findings])
    var writer = RawRecordWriter()
    var octets: [UInt8] = []
    batch.forEachTrap { trap, datagram in writer.append(trap, datagram, of: batch, to: &octets) }
    return octets
  }

  /// By hand from `Documentation/RawFormat.md`.
  private func expected(flags: [UInt8], agent: [UInt8]) -> [UInt8] {
    let header = UInt8(52 + 8 + 4 + 5 + 6 + agent.count)
    let parts: [[UInt8]] = [
      [0x54, 0x52, 0x50, 0x4C, 1, 1, 0, 0, 0, 0, 0, header, 0, 0, 0, 2],
      [0, 0, 0, 0, 0, 0, 0, 5],
      (0..<8).map { UInt8(truncatingIfNeeded: TestBatch.received >> Int64(56 - 8 * $0)) },
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 7, 0xC4, 0x23],
      flags,
      [0, 0, 0, 4] + Array("main".utf8),
      [0, 0, 0, 1, 0, 0, 0, 1, 0x61, 0, 0, 0, 2, 0x62, 0x63],
      agent,
      [0x30, 0, 0, 0, 0, header + 6],
    ]
    return parts.flatMap { $0 }
  }

  @Test("without marks and with the source for its agent, it is what it was before there were any")
  func plain() {
    #expect(record(TrapFindings()) == expected(flags: [0, 0], agent: []))
    #expect(record(TrapFindings(agent: SourceAddress("192.0.2.7")!)) == expected(flags: [0, 0], agent: []))
  }

  @Test("marks are flags, and another agent ends the header")
  func marked() {
    let agent: [UInt8] = [0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]
    let findings = TrapFindings(marks: [.verified, .decrypted], agent: SourceAddress("2001:db8::9")!)
    #expect(record(findings) == expected(flags: [1, 3], agent: agent))
    #expect(record(TrapFindings(marks: .answered)) == expected(flags: [0, 4], agent: []))
  }
}
