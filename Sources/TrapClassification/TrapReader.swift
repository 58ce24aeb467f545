package import SNMPWire
package import TrapBatching

/// Reads of one trap what the decision asks for, each thing once and only when asked. Made once per thread and reused.
package struct TrapReader: Sendable {
  private enum Reading { case unread, read, unreadable }

  private var peeked: TrapPeek?
  private var peekReading = Reading.unread
  private var oidReading = Reading.unread
  private var isDecrypted = false
  package private(set) var trapOID = TrapOID()

  package init() {}

  /// Forgets the former trap. `isDecrypted`: the next one's scoped PDU stands in plaintext where its encryption stood.
  package mutating func begin(isDecrypted: Bool = false) {
    self.isDecrypted = isDecrypted
    peekReading = .unread
    oidReading = .unread
  }

  /// nil where the datagram is no notification; arrival refuses such, so that it is not expected here.
  package mutating func peek(_ octets: Span<UInt8>) -> TrapPeek? {
    if peekReading == .unread {
      do throws(PeekRefusal) {
        peeked = try TrapPeek.read(octets, isDecrypted: isDecrypted)
        peekReading = .read
      } catch {
        peeked = nil
        peekReading = .unreadable
      }
    }
    return peeked
  }

  /// Reads the trap's OID into `trapOID`; false where it can't be read, for one because it is encrypted.
  package mutating func readTrapOID(_ octets: Span<UInt8>) -> Bool {
    if oidReading == .unread {
      let found = peek(octets).map { $0.readTrapOID(from: octets, into: &trapOID) } ?? false
      oidReading = found ? .read : .unreadable
    }
    return oidReading == .read
  }

  package mutating func key(_ facts: ArrivalFacts, _ octets: Span<UInt8>) -> MetadataKey {
    guard TrapReader.mayBeV3(octets), let peek = peek(octets), peek.version == .v3 else {
      return MetadataKey(listener: facts.listener, source: facts.source)
    }
    let identity = V3Identity(octets, engineID: peek.engineID, userName: peek.userName)
    return MetadataKey(listener: facts.listener, source: facts.source, v3: identity)
  }

  /// False only where the version, in its shortest form `02 01 n`, is another than 3: the key is known without a peek.
  private static func mayBeV3(_ octets: Span<UInt8>) -> Bool {
    guard octets.count >= 2 else { return true }
    let version = octets[1] < 0x80 ? 2 : 2 + Int(octets[1] & 0x7f)
    guard octets.count > version + 2, octets[version] == 0x02, octets[version + 1] == 0x01 else { return true }
    return octets[version + 2] == SNMPVersion.v3.rawValue
  }
}
