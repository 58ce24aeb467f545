internal import SNMPWire
internal import TrapLedger
internal import TrapSecurity

/// What only asks who we are and what time it is here (RFC 3414 §4), and is answered by a Report.
extension Admission {
  /// Of a message that the peek refused as no notification. A request that wants a Report is a discovery where it names
  /// another engine than ours; where it names ours, and is authenticated, it may ask for our time, which is told to nobody
  /// but our users: the classification knows them all.
  func verdict(onRequest octets: Span<UInt8>) -> AdmissionVerdict {
    guard let discovery else { return .refused(.notANotification) }
    do throws(PeekRefusal) {
      let header = try V3Header.read(octets)
      // A Response or a Report is never answered, whatever its flag says, or two engines could go on for ever.
      guard header.isReportable, Admission.isRequest(octets, header) else { return .refused(.notANotification) }
      if !Admission.isEqual(octets, header.engineID, discovery.engineID) { return .discovery }
      return header.isAuthenticated ? .deferred : .refused(.notANotification)
    } catch {
      // SNMPv1 and v2c have no discovery.
      return .refused(.notANotification)
    }
  }

  /// An inform that can be read, wants a Report, and is for another engine than ours. Traps are never answered.
  func isDiscovery(notification octets: Span<UInt8>, _ peek: TrapPeek) -> Bool {
    guard peek.kind == .inform, let discovery else { return false }
    if Admission.isEqual(octets, peek.engineID, discovery.engineID) { return false }
    do throws(PeekRefusal) {
      return try V3Header.read(octets).isReportable
    } catch {
      return false
    }
  }

  /// The confirmed class (RFC 3411 §2.8), informs aside: Get, GetNext, Set and GetBulk.
  private static func isRequest(_ octets: Span<UInt8>, _ header: V3Header) -> Bool {
    switch ScopedPDU(octets, header: header)?.pduTag {
    case 0xA0, 0xA1, 0xA3, 0xA5: true
    default: false
    }
  }

  /// Engine IDs are no secrets.
  private static func isEqual(_ octets: Span<UInt8>, _ range: Range<Int>, _ engineID: [UInt8]) -> Bool {
    guard range.count == engineID.count else { return false }
    for index in 0..<engineID.count where octets[range.lowerBound + index] != engineID[index] { return false }
    return true
  }
}
