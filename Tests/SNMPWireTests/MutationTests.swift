import Foundation
import SNMPWire
import Testing

/// `TRAPLINE_MUTATIONS` sets how many datagrams are tried (200,000 without it). `TRAPLINE_MUTATION_SEED` runs the one
/// block of that seed and prints every datagram before it is tried: for a seed that crashes.
@Suite("Mutated datagrams")
struct MutationTests {
  static let blocks = 20

  static let total: Int = ProcessInfo.processInfo.environment["TRAPLINE_MUTATIONS"].flatMap { Int($0) } ?? 200_000

  static let tracedSeed = ProcessInfo.processInfo.environment["TRAPLINE_MUTATION_SEED"].flatMap { UInt64($0) }

  static let seeds: [UInt64] = tracedSeed.map { [$0] } ?? (0..<blocks).map { 0x7261_7000 + UInt64($0) }

  static let originals: [[UInt8]] =
    SenderDatagrams.all + [
      RegressionTests.gosnmp552,
      BER.messageV3(BER.scoped(BER.pduV1())),
      BER.messageV3(flags: [3], BER.element(0x04, BER.scoped(BER.pduV2()))),
      BER.message(version: 0, BER.pduV1(enterprise: BER.element(0x06, Array(repeating: 1, count: 127)))),
      BER.trap(value: BER.oid("2.4294967215.4294967295.128.0")),
    ] + Corpus.rows.filter { $0.octets.count < 1024 && CorpusTests.isAccepted($0) }.map(\.octets)

  @Test("nothing crashes, no range leaves its datagram, and peek, decoder and reader agree", arguments: seeds)
  func mutations(seed: UInt64) {
    var mutator = Mutator(seed: seed, originals: Self.originals)
    var accepted = 0
    var decoded = 0
    for number in 0..<(Self.total / Self.blocks) {
      let octets = mutator.next()
      if Self.tracedSeed != nil { print(number, Hex.text(octets)) }
      if let complaint = Invariants.broken(by: octets) {
        Issue.record("\(complaint); seed \(seed), datagram \(number): \(Hex.text(octets))")
        return
      }
      if let peek = try? TrapPeek.read(octets.span) {
        accepted += 1
        if (try? NotificationDecoder(octets.span, peek: peek)) != nil { decoded += 1 }
      }
    }
    // A mutator that only makes noise would test nothing but the first refusal.
    let tried = Self.total / Self.blocks
    #expect(accepted > tried / 4 && accepted < tried, "\(accepted) of \(tried) accepted")
    #expect(decoded > tried / 40 && decoded < accepted, "\(decoded) of \(tried) decoded")
  }
}
