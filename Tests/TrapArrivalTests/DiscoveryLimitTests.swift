import Testing
import TrapBatching

@testable import TrapArrival

@Suite("The limits of discovery")
struct DiscoveryLimitTests {
  private static let second: UInt64 = 1_000_000_000

  private func granted(_ limit: inout DiscoveryLimit, _ source: UInt32, _ count: Int, now: UInt64) -> Int {
    (0..<count).reduce(0) { sum, _ in sum + (limit.take(SourceAddress(ipv4: source), now: now) ? 1 : 0) }
  }

  @Test("A source has its burst at once, then its rate, and no more after a long silence")
  func rate() {
    var limit = DiscoveryLimit(DiscoverySettings())
    let start = 5 * Self.second
    let counts = [
      granted(&limit, 1, 100, now: start), granted(&limit, 2, 100, now: start),
      granted(&limit, 1, 100, now: start + Self.second / 10 - 1),
      granted(&limit, 1, 100, now: start + Self.second / 10),
      granted(&limit, 1, 100, now: start + Self.second), granted(&limit, 1, 100, now: start + 1000 * Self.second),
    ]
    #expect(counts == [50, 50, 0, 1, 9, 50])
  }

  @Test("All sources together have a limit, which takes no token of a source")
  func overall() {
    var settings = DiscoverySettings()
    settings.overall = DiscoverySettings.Rate(perSecond: 100, burst: 30)
    var limit = DiscoveryLimit(settings)
    let first = granted(&limit, 1, 40, now: Self.second)
    let second = granted(&limit, 2, 40, now: Self.second)
    let later = granted(&limit, 2, 200, now: 2 * Self.second)
    #expect([first, second, later] == [30, 0, 30])
  }

  @Test("A hundred thousand invented sources take no memory, and free no source that used up its tokens")
  func spoofed() {
    var settings = DiscoverySettings()
    settings.sources = 1024
    settings.overall = DiscoverySettings.Rate(perSecond: 1_000_000_000, burst: 1_000_000)
    var limit = DiscoveryLimit(settings)
    let before = limit.pinnedOctets
    let first = granted(&limit, 1, 60, now: Self.second)
    for source in UInt32(1000)..<101_000 { _ = granted(&limit, source, 1, now: Self.second) }
    let after = granted(&limit, 1, 60, now: Self.second)
    #expect(first == 50)
    #expect(after == 0)
    #expect(limit.pinnedOctets == before)
    #expect(before == 1024 * 24)
  }
}
