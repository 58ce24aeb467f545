import Testing
import TrapBatching

@testable import TrapDispatch

@Suite("Records as they are stored")
struct RecordFormTests {
  private static let tick: UInt64 = 1 << 20
  private static let second: Int64 = 1_000_000_000
  private static let origin = SegmentOrigin(
    sequence: 5 << 32, opened: 77 * UInt64(second), received: 1_790_000_000 * second)
  private static let narrow = SourceAddress(ipv4: 0xfffe_fdfc)
  private static let wide = SourceAddress(high: 0x2001_0db8_0000_0001, low: .max)

  /// A trap whose record differs from the first one's of its segment by this.
  struct Sample: Sendable, CustomStringConvertible {
    var source = narrow
    var later: Int64 = 0
    var ticks: UInt64 = 0
    var sequence: UInt64 = 0
    var agent: SourceAddress?
    var size = 20

    var description: String { "\(source), +\(later) ns, \(ticks) ticks, sequence +\(sequence), \(size) octets" }

    func header(_ origin: SegmentOrigin) -> RecordHeader {
      let expected = origin.received &+ Int64(ticks) << 20
      let facts = ArrivalFacts(received: expected &+ later, source: source, port: 65_535, listener: 1023)
      return RecordHeader(
        facts, marks: [.verified, .answered], hasAgent: agent != nil, length: 5, route: 65_534,
        sequence: origin.sequence + sequence, appended: origin.opened + ticks * tick, to: origin)
    }
  }

  static let samples = [
    Sample(), Sample(later: Int64(Int32.max), ticks: 65_535, sequence: 65_535),
    Sample(later: Int64(Int32.min)), Sample(later: Int64(Int32.max) + 1, size: 40),
    Sample(later: Int64(Int32.min) - 1, size: 40), Sample(later: .min, size: 40), Sample(later: .max, size: 40),
    Sample(ticks: 65_536, size: 40), Sample(ticks: UInt64(UInt32.max), size: 40), Sample(sequence: 65_536, size: 40),
    Sample(sequence: UInt64(UInt32.max), size: 40), Sample(source: wide, size: 40),
    Sample(agent: wide, size: 36), Sample(source: wide, agent: narrow, size: 56),
  ]

  private func expectEqual(_ read: RecordHeader, _ written: RecordHeader) {
    #expect(read.sequence == written.sequence && read.received == written.received)
    #expect(read.source == written.source && read.port == written.port && read.listener == written.listener)
    #expect(read.appended == written.appended && read.route == written.route && read.length == written.length)
    #expect(read.marks == written.marks && read.hasAgent == written.hasAgent && read.isWide == written.isWide)
  }

  @Test("What is read is what was written, in the form that it needs, at an odd offset too", arguments: samples)
  func roundTrip(_ sample: Sample) {
    let memory = SegmentMemory(capacity: 256)
    let header = sample.header(Self.origin)
    #expect(header.recordSize == sample.size + 5)
    let octets: [UInt8] = [9, 8, 7, 6, 5]
    for offset in [0, 101, 256 - header.recordSize] {
      memory.write(header, sample.agent, octets.span, at: offset, from: Self.origin)
      let read = memory.header(at: offset, from: Self.origin)
      expectEqual(read, header)
      #expect(memory.agent(at: offset, read) == sample.agent)
      #expect(memory.withOctets(at: offset, read) { span in span.indices.map { span[$0] } } == octets)
    }
  }

  @Test(
    "A record that is moved says the same there, and counts for as much",
    arguments: samples.filter { $0.sequence < 1 << 31 && $0.ticks < 1 << 31 })
  func moved(_ sample: Sample) {
    let header = sample.header(Self.origin)
    for (sequence, age) in [(UInt64(0), UInt64(0)), (70_000, 1), (1, 70_000), (3, 30)] {
      let former = SegmentOrigin(
        sequence: Self.origin.sequence - sequence, opened: Self.origin.opened - age * Self.tick,
        received: Self.origin.received - Int64(age * Self.tick) - 5)
      let moved = header.moved(to: former, route: 3)
      #expect(moved.charge == header.charge && moved.recordSize <= RecordHeader.most(header.charge))
      let memory = SegmentMemory(capacity: 256)
      memory.write(moved, sample.agent, [1, 2, 3, 4, 5].span, at: 7, from: former)
      var read = memory.header(at: 7, from: former)
      #expect(read.route == 3 && read.isWide == moved.isWide)
      read.route = header.route
      read.isWide = header.isWide
      expectEqual(read, header)
    }
  }
}
