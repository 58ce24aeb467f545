extension TrapPeek {
  /// agent-addr of an SNMPv1 Trap-PDU (RFC 1157 §4.1.6), its first octet most significant; nil where the PDU is another or
  /// can't be read. Reads no further than to there.
  package func readAgentAddress(from octets: Span<UInt8>) -> UInt32? {
    guard kind == .trapV1 else { return nil }
    var reader = BERReader(pdu)
    do throws(BERError) {
      _ = try reader.content(BERTag.objectIdentifier, octets)
      return TrapPeek.address(try reader.content(BERTag.ipAddress, octets), octets)
    } catch {
      return nil
    }
  }

  /// The value of snmpTrapAddress.0 (RFC 3584 §3.1), with which a relay names the device that a trap is of; nil where there
  /// is none, or the varbinds can't be read up to it.
  package func readTrapAddress(from octets: Span<UInt8>) -> UInt32? {
    var reader = BERReader(pdu)
    do throws(BERError) {
      switch kind {
      case .v3Encrypted: return nil
      case .trapV1: for _ in 0..<5 { _ = try reader.anyContent(octets) }
      case .trapV2, .inform: for _ in 0..<3 { _ = try reader.content(BERTag.integer, octets) }
      }
      var list = try reader.clamped(BERTag.sequence, octets)
      while !list.isAtEnd {
        var entry = try list.clamped(BERTag.sequence, octets)
        let name = try entry.content(BERTag.objectIdentifier, octets)
        guard TrapPeek.isTrapAddress(name, octets), try entry.tag(octets) == BERTag.ipAddress else { continue }
        return TrapPeek.address(try entry.content(BERTag.ipAddress, octets), octets)
      }
      return nil
    } catch {
      return nil
    }
  }

  private static func address(_ content: Range<Int>, _ octets: Span<UInt8>) -> UInt32? {
    guard content.count == 4 else { return nil }
    return content.reduce(0) { $0 << 8 | UInt32(octets[$1]) }
  }

  /// 1.3.6.1.6.3.18.1.3.0
  private static func isTrapAddress(_ name: Range<Int>, _ octets: Span<UInt8>) -> Bool {
    guard name.count == 9 else { return false }
    let start = name.lowerBound
    return octets[start] == 0x2B && octets[start + 1] == 6 && octets[start + 2] == 1 && octets[start + 3] == 6
      && octets[start + 4] == 3 && octets[start + 5] == 18 && octets[start + 6] == 1 && octets[start + 7] == 3
      && octets[start + 8] == 0
  }
}
