import Foundation
import Testing
import TrapBatching

@testable import TrapService

@Suite("Limits")
struct LimitsTests {
  @Test("All bounds together are exactly the memory limit", arguments: ["64MiB", "512MiB", "3GiB"])
  func sum(limit: String) throws {
    let xml = ConfigurationFixture.xml(daemon: "<memory limit=\"\(limit)\"/>")
    let limits = try ConfigurationFixture.parse(xml).limits
    #expect(limits.total == limits.memoryLimit)
    #expect(limits.holding == limits.memoryLimit / 8)
    #expect(limits.cache == limits.memoryLimit / 16)
    #expect(limits.listeners[0].queue.bound == limits.memoryLimit / 8)
    #expect(limits.engines[0].bound == limits.eventQueue)
    #expect(limits.engines[0].reserve == limits.eventQueue / 2)
  }

  @Test("What is written is taken from the event queue's share")
  func written() throws {
    let path = ConfigurationFixture.goldens.appending(path: "valid/everything.xml").path
    let limits = try ConfigurationFixture.read(path).limits
    #expect(limits.total == 384 << 20)
    #expect(limits.holding == 32 << 20 && limits.cache == 8 << 20)
    #expect(limits.listeners.map(\.queue.bound) == [24 << 20, 24 << 20])
    #expect(limits.listeners.map(\.receiveVectors) == [8 << 20, 4 << 20])
    #expect(limits.engines[0].bound == 64 << 20 && limits.engines[0].reserve == 16 << 20)
    // Three batches of 2 MiB in flight and one format buffer; a discard has neither.
    #expect(limits.engines[0].buffers == 7 << 20 && limits.engines[4].buffers == 0)
    // A derived reserve never exceeds the engine's own bound.
    #expect(limits.engines[4].reserve == 1 << 20)
  }

  @Test("The printed table holds every bound and the sum")
  func table() throws {
    let file = try ConfigurationFixture.parse(ConfigurationFixture.xml())
    let text = file.configuration.printed(file.limits)
    for row in file.limits.rows { #expect(text.contains("\(row.octets)  \(row.name)")) }
    #expect(text.contains("\(512 << 20)  together"))
  }

  @Test("A slab is never shorter than the longest datagram, and a bound never below two of them")
  func slabs() throws {
    let xml = ConfigurationFixture.xml(
      daemon: "<memory limit=\"64MiB\"/>",
      listener: "<community secret=\"a\"/><batch size=\"1\" max-bytes=\"64KiB\"/>")
    let queue = try ConfigurationFixture.parse(xml).limits.listeners[0].queue
    #expect(queue.slabOctets >= 65_535 && queue.slabEntries >= 1 && queue.bound >= 2 * queue.slabOctets)
  }

  @Test(
    "Polls count under the memory limit where somebody may ask",
    arguments: [("128MiB", 8), ("512MiB", 32), ("2GiB", 32)])
  func polls(limit: String, mebioctets: Int) throws {
    let token = "<token name=\"a\" secret=\"env:OPERATOR\"/>"
    let daemon = "<memory limit=\"\(limit)\"/><api registrations=\"0\" connections=\"8\">\(token)</api>"
    let limits = try ConfigurationFixture.parse(ConfigurationFixture.xml(daemon: daemon)).limits
    #expect(limits.polls == mebioctets << 20 && limits.total == limits.memoryLimit)
    let closed = daemon.replacing(token, with: "")
    let none = try ConfigurationFixture.parse(ConfigurationFixture.xml(daemon: closed)).limits
    #expect(none.polls == 0 && none.eventQueue == limits.eventQueue + mebioctets << 20)
  }

  @Test("A forward engine's tables count under the memory limit")
  func forwards() throws {
    let forward = "<forward name=\"e\" address=\"udp:192.0.2.1:162\"><batch max-bytes=\"1MiB\"/></forward>"
    let xml = ConfigurationFixture.xml().replacing("<file name=\"e\" path=\"-\"></file>", with: forward)
    let limits = try ConfigurationFixture.parse(xml).limits
    // A batch and its messages, one buffer, and the tables.
    #expect(limits.engines[0].buffers == 8 << 20 && limits.total == limits.memoryLimit)
  }
}
