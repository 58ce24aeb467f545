import Testing
import TrapLedger

@testable import TrapArrival

@Suite("Admission")
struct AdmissionTests {
  /// An SNMPv3 message with the plaintext SNMPv2-Trap of a sample (RFC 3412 §6, RFC 3414 §2.4).
  private static var v3: [UInt8] {
    let pdu = Array(SampleTrap.v2c().dropFirst(13))
    let security: [UInt8] = [0x04, 5, 0x80, 0, 0, 0, 1, 0x02, 1, 0, 0x02, 1, 0, 0x04, 1, 0x61, 0x04, 0, 0x04, 0]
    let parameters = [0x30, UInt8(security.count)] + security
    let scoped = [0x04, 0, 0x04, 0] + pdu
    let header: [UInt8] = [0x30, 13, 0x02, 1, 9, 0x02, 2, 5, 0, 0x04, 1, 0, 0x02, 1, 3]
    let tail = [0x04, UInt8(parameters.count)] + parameters + [0x30, UInt8(scoped.count)] + scoped
    let content = [0x02, 1, 3] + header + tail
    return [0x30, UInt8(content.count)] + content
  }

  private static let named = Admission(communities: [Array("noc".utf8), Array("public".utf8)], v3: .refuse, informs: .deliver)

  @Test(
    "Each datagram has one verdict",
    arguments: [
      (Admission.all, SampleTrap.v2c(community: "anything"), AdmissionVerdict.accepted),
      (Admission.all, v3, .accepted), (named, v3, .refused(.v3Unsupported)),
      (named, SampleTrap.v2c(), .accepted), (named, SampleTrap.v2c(community: "noc"), .accepted),
      (named, SampleTrap.v2c(community: "publi"), .refused(.community)),
      (named, SampleTrap.v2c(community: "publix"), .refused(.community)),
      (named, SampleTrap.v2c(community: ""), .refused(.community)),
      (.all, [], .refused(.malformed)), (.all, Array("hello".utf8), .refused(.malformed)),
      (.all, SampleTrap.get, .refused(.notANotification)), (.all, SampleTrap.version7, .refused(.unsupportedVersion)),
    ])
  func verdict(_ admission: Admission, _ octets: [UInt8], _ expected: AdmissionVerdict) {
    #expect(admission.verdict(octets.span) == expected)
  }
}
