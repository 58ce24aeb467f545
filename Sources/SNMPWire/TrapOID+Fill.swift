extension TrapOID {
  /// Replaces the OID by the one in these content octets; false, and empty, where they break a bound.
  package mutating func fill(from octets: Span<UInt8>, _ content: Range<Int>) -> Bool {
    removeAll()
    do throws(BERError) {
      try BERReader.checkObjectIdentifier(content, octets)
    } catch {
      return false
    }
    appendChecked(octets, content)
    return true
  }

  /// The OID that a Trap-PDU has as an SNMPv2 trap (RFC 3584 §3.1); false, and empty, where the enterprise is
  /// needed and breaks a bound.
  ///
  /// Generic traps 0 to 5 are the ones of SNMPv2-MIB; all others, 6 and what no RFC defines, are
  /// `enterprise.0.specific`, a negative specific-trap as its unsigned 32 bits.
  package mutating func fillV1(
    from octets: Span<UInt8>, enterprise: Range<Int>, generic: Int32, specific: Int32
  ) -> Bool {
    if 0...5 ~= generic {
      fillStandard(generic: UInt32(generic))
      return true
    }
    guard fill(from: octets, enterprise) else { return false }
    append(0)
    append(UInt32(bitPattern: specific))
    return true
  }

  /// snmpTraps is 1.3.6.1.6.3.1.1.5; coldStart, generic 0, is its first.
  private mutating func fillStandard(generic: UInt32) {
    removeAll()
    append(1)
    append(3)
    append(6)
    append(1)
    append(6)
    append(3)
    append(1)
    append(1)
    append(5)
    append(generic + 1)
  }

  private mutating func appendChecked(_ octets: Span<UInt8>, _ content: Range<Int>) {
    var value: UInt32 = 0
    for offset in content {
      let octet = octets[offset]
      value = value << 7 | UInt32(octet & 0x7F)
      guard octet < 0x80 else { continue }
      if count == 0 {
        let first = min(value / 40, 2)
        append(first)
        append(value - first * 40)
      } else {
        append(value)
      }
      value = 0
    }
    // Empty content means 0.0, as everywhere.
    if count == 0 {
      append(0)
      append(0)
    }
  }
}
