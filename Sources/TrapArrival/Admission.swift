internal import SNMPWire
internal import TrapLedger

/// Who may send to a listener. Decides on the octets alone, without a clock, a lock or an allocation.
package struct Admission: Sendable, Equatable {
  /// Of SNMPv3 notifications.
  package enum V3Policy: Sendable { case accept, refuse }

  /// nil: every community. The comparison is octet by octet, as communities are not text (RFC 3584 §5).
  private let communities: [[UInt8]]?
  private let v3: V3Policy

  package init(communities: [[UInt8]]?, v3: V3Policy) {
    self.communities = communities
    self.v3 = v3
  }

  package static let all = Admission(communities: nil, v3: .accept)

  package func verdict(_ octets: Span<UInt8>) -> AdmissionVerdict {
    let peek: TrapPeek
    do throws(PeekRefusal) {
      peek = try TrapPeek.read(octets)
    } catch {
      switch error {
      case .malformed: return .refused(.malformed)
      case .unsupportedVersion: return .refused(.unsupportedVersion)
      case .notANotification: return .refused(.notANotification)
      }
    }
    if peek.version == .v3 { return v3 == .accept ? .accepted : .refused(.v3Unsupported) }
    guard let communities else { return .accepted }
    for community in communities where Admission.isEqual(community, octets, peek.community) { return .accepted }
    return .refused(.community)
  }

  private static func isEqual(_ community: [UInt8], _ octets: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard community.count == range.count else { return false }
    for index in 0..<community.count where community[index] != octets[range.lowerBound + index] { return false }
    return true
  }
}
