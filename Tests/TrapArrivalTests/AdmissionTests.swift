import Testing
import TrapBatching
import TrapLedger
import TrapSecurity

@testable import TrapArrival

@Suite("Admission")
struct AdmissionTests {
  private static let engine = LocalEngine(engineID: SampleV3.localEngineID, boots: 3, started: 0)
  private static let named = Admission(
    communities: [Array("noc".utf8), Array("public".utf8)], v3: .refuse, informs: .deliver)
  private static let full = Admission(communities: nil, v3: .verify, informs: .answer, discovery: engine)
  private static let silent = Admission(communities: nil, v3: .verify, informs: .answer)
  private static let raw = Admission(communities: nil, v3: .deliverRaw, informs: .answer, discovery: engine)

  @Test(
    "Each datagram has one verdict",
    arguments: [
      (Admission.all, SampleTrap.v2c(community: "anything"), AdmissionVerdict.accepted),
      (.all, SampleV3.message(pdu: SampleV3.trap, flags: 0), .accepted),
      (named, SampleV3.message(pdu: SampleV3.trap, flags: 0), .refused(.v3Unsupported)),
      (named, SampleTrap.v2c(), .accepted), (named, SampleTrap.v2c(community: "noc"), .accepted),
      (named, SampleTrap.v2c(community: "publi"), .refused(.community)),
      (named, SampleTrap.v2c(community: "publid"), .refused(.community)),
      (named, SampleTrap.v2c(community: "qublic"), .refused(.community)),
      (named, SampleTrap.v2c(community: "publix"), .refused(.community)),
      (named, SampleTrap.v2c(community: "nocpublic"), .refused(.community)),
      (named, SampleTrap.v2c(community: ""), .refused(.community)),
      (.all, [], .refused(.malformed)), (.all, Array("hello".utf8), .refused(.malformed)),
      (.all, SampleTrap.get, .refused(.notANotification)), (.all, SampleTrap.version7, .refused(.unsupportedVersion)),
    ])
  func verdict(_ admission: Admission, _ octets: [UInt8], _ expected: AdmissionVerdict) {
    #expect(admission.verdict(octets.span) == expected)
  }

  @Test("A community of any length is compared to its last octet", arguments: [0, 1, 7, 8, 9, 31, 32, 33, 100])
  func lastOctet(_ count: Int) {
    let name = String(repeating: "a", count: count)
    let admission = Admission(
      communities: [Array("noc".utf8), Array(name.utf8), Array("x".utf8)], v3: .refuse, informs: .deliver)
    #expect(admission.verdict(SampleTrap.v2c(community: name, isLong: true).span) == .accepted)
    #expect(admission.verdict(SampleTrap.v2c(community: name + "a", isLong: true).span) == .refused(.community))
    #expect(admission.verdict(SampleTrap.v2c(community: name + "\0", isLong: true).span) == .refused(.community))
    guard count > 0 else { return }
    let other = name.dropLast() + "b"
    #expect(admission.verdict(SampleTrap.v2c(community: String(other), isLong: true).span) == .refused(.community))
    let shorter = String(name.dropLast())
    #expect(admission.verdict(SampleTrap.v2c(community: shorter, isLong: true).span) == .refused(.community))
  }

  @Test(
    "Informs wait for their answer where they are answered, and are traps where they are not",
    arguments: [
      (full, SampleTrap.v2c(), AdmissionVerdict.accepted), (full, SampleTrap.inform, .deferred),
      (named, SampleTrap.inform, .accepted), (raw, SampleTrap.inform, .deferred),
      (full, SampleV3.message(pdu: SampleV3.trap, flags: 0, engineID: SampleV3.otherEngineID), .deferred),
      (full, SampleV3.message(pdu: SampleV3.trap, flags: 4), .deferred),
      (full, SampleV3.message(pdu: SampleV3.inform, flags: 4, engineID: SampleV3.localEngineID), .deferred),
      (raw, SampleV3.message(pdu: SampleV3.inform, flags: 4), .accepted),
    ])
  func deferred(_ admission: Admission, _ octets: [UInt8], _ expected: AdmissionVerdict) {
    #expect(admission.verdict(octets.span) == expected)
  }

  @Test(
    "A discovery is what wants a report and has no or another engine; who has ours and signs may want our time",
    arguments: [
      (full, SampleV3.get, UInt8(4), [UInt8](), AdmissionVerdict.discovery),
      (full, SampleV3.set, 4, SampleV3.otherEngineID, .discovery),
      (full, SampleV3.get, 5, SampleV3.localEngineID, .deferred),
      (full, SampleV3.get, 4, SampleV3.localEngineID, .refused(.notANotification)),
      (full, SampleV3.get, 0, [], .refused(.notANotification)),
      // Never a loop of two engines that report to each other.
      (full, SampleV3.report, 4, [], .refused(.notANotification)),
      (full, SampleV3.response, 4, [], .refused(.notANotification)),
      (full, SampleV3.inform, 4, SampleV3.otherEngineID, .discovery), (full, SampleV3.inform, 4, [], .discovery),
      (full, SampleV3.inform, 0, SampleV3.otherEngineID, .deferred),
      (silent, SampleV3.get, 4, [], .refused(.notANotification)), (silent, SampleV3.inform, 4, [], .deferred),
      (raw, SampleV3.get, 4, [], .refused(.notANotification)),
      (full, SampleV3.get, 1, SampleV3.localEngineID, .refused(.notANotification)),
      (full, SampleV3.response, 5, SampleV3.localEngineID, .refused(.notANotification)),
      (silent, SampleV3.get, 5, SampleV3.localEngineID, .refused(.notANotification)),
      (named, SampleV3.get, 4, [], .refused(.notANotification)),
    ])
  func discovery(
    _ admission: Admission, _ tag: UInt8, _ flags: UInt8, _ engineID: [UInt8], _ expected: AdmissionVerdict
  ) {
    #expect(admission.verdict(SampleV3.message(pdu: tag, flags: flags, engineID: engineID).span) == expected)
  }

  @Test(
    "Transport security is believed of a secured transport alone, and is never raw",
    arguments: [
      (full, true, AdmissionVerdict.deferred), (full, false, .refused(.unsupportedVersion)), (raw, true, .deferred),
      (named, true, .refused(.v3Unsupported)),
    ])
  func transport(_ admission: Admission, _ isSecured: Bool, _ expected: AdmissionVerdict) {
    let octets = SampleV3.message(pdu: SampleV3.inform, flags: 7, engineID: SampleV3.otherEngineID, model: 4)
    #expect(admission.verdict(octets.span, isTransportSecured: isSecured) == expected)
  }
}
