import SNMPWire
import Testing
import TrapBatching

@testable import TrapAgent

@Suite("A trap as the log of notifications shows it")
struct LoggedTrapTests {
  private func logged(_ octets: [UInt8], marks: TrapMarks = [], showsEncrypted: Bool = false) throws -> LoggedTrap {
    let traps = SampleTraps.log(entries: 1)
    SampleTraps.note([octets], marks: marks, in: traps, now: 7)
    var trap = RecentTrap()
    #expect(traps.read(1, into: &trap))
    return LoggedTrap(trap, showsEncrypted: showsEncrypted)
  }

  @Test("every type of value has its number and its column, and indexes count what has none")
  func types() throws {
    let trap = try logged(SampleTraps.everyType)
    #expect(trap.notificationID == [1, 3, 6, 1, 6, 3, 1, 1, 5, 3])
    #expect(trap.engineID.isEmpty && trap.contextName.isEmpty && trap.contextEngineID.isEmpty)
    let found = trap.variables.map { "\($0.index) \($0.type.rawValue) \($0.type.column) \($0.value)" }
    #expect(
      found == [
        "1 3 6 timeTicks(1234)", "2 4 7 integer(-5)", "3 6 8 octets([0, 255])", "4 7 10 name([1, 3, 6, 1, 4, 1, 9])",
        "5 5 9 ipAddress(3221225991)", "6 1 4 counter32(4294967295)", "7 2 5 gauge32(4000000000)",
        "8 3 6 timeTicks(99)", "9 9 12 opaque([159, 120, 4, 63, 128, 0, 0])", "10 8 11 counter64(18446744073709551615)",
        "12 9 12 opaque([1, 2])",
      ])
  }

  @Test("a Trap-PDU gets what RFC 3584 gives it, but for the community")
  func version1() throws {
    let trap = try logged(SampleTraps.version1(community: "s3cret"))
    #expect(trap.notificationID == [1, 3, 6, 1, 4, 1, 9, 9, 0, 42])
    let found = trap.variables.map { "\($0.index) \($0.name.map(String.init).joined(separator: ".")) \($0.value)" }
    #expect(
      found == [
        "1 1.3.6.1.2.1.1.3.0 timeTicks(100)", "2 1.3.6.1.2.1.1.5.0 octets([104, 105])",
        "3 1.3.6.1.6.3.18.1.3.0 ipAddress(3221225993)", "4 1.3.6.1.6.3.1.1.4.3.0 name([1, 3, 6, 1, 4, 1, 9, 9])",
      ])
  }

  @Test("a community that a proxy tells is not shown")
  func proxied() throws {
    let trap = try logged(
      SampleTraps.version2 { $0.varbind([1, 3, 6, 1, 6, 3, 18, 1, 4, 0]) { $0.octetString([7, 7]) } })
    #expect(trap.variables.last?.name == [1, 3, 6, 1, 6, 3, 18, 1, 4, 0])
    #expect(trap.variables.last?.value == .octets([]))
  }

  @Test("of what came encrypted the variables are shown only where that is asked for")
  func encrypted() throws {
    let octets = SampleTraps.decrypted(engineID: [0x80, 0, 0, 0, 1], context: "east")
    let hidden = try logged(octets, marks: [.verified, .decrypted])
    #expect(hidden.engineID == [0x80, 0, 0, 0, 1] && hidden.contextName == Array("east".utf8))
    #expect(hidden.notificationID == [1, 3, 6, 1, 6, 3, 1, 1, 5, 3] && hidden.variables.isEmpty)
    let shown = try logged(octets, marks: [.verified, .decrypted], showsEncrypted: true)
    #expect(shown.variables.map(\.value) == [.timeTicks(1234)])
    // Delivered raw, it is what it was.
    let raw = try logged(SampleTraps.ciphertext(engineID: [0x80, 0, 0, 0, 1]), showsEncrypted: true)
    #expect(raw.engineID == [0x80, 0, 0, 0, 1] && raw.notificationID.isEmpty && raw.variables.isEmpty)
  }

  @Test("what cannot be decoded is there with what can")
  func broken() throws {
    var octets = SampleTraps.everyType
    octets.removeLast()
    let trap = try logged(octets)
    #expect(trap.number == 1 && trap.notificationID == [1, 3, 6, 1, 6, 3, 1, 1, 5, 3] && trap.variables.isEmpty)
    #expect(try logged([1, 2, 3]).notificationID.isEmpty)
  }
}
