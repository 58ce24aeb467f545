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

  /// nil where the datagram is no notification: of such, arrival lets none pass but requests for our clock.
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

  /// The trap's OID, for who only keeps it; empty where it can't be read.
  internal mutating func packedTrapOID(_ octets: Span<UInt8>) -> PackedOID {
    guard let peek = peek(octets) else { return PackedOID() }
    if let content = peek.trapOIDContent(in: octets) { return PackedOID(octets, content) }
    guard readTrapOID(octets) else { return PackedOID() }
    let oid = trapOID
    return PackedOID(count: oid.count) { oid[$0] }
  }

  /// The trap was decrypted in place: what is asked from now on is answered of what stands in `octets` now.
  internal mutating func reopen(_ opened: TrapPeek) {
    peeked = opened
    peekReading = .read
    oidReading = .unread
  }

  package mutating func key(_ facts: ArrivalFacts, _ octets: Span<UInt8>) -> MetadataKey {
    key(listener: facts.listener, address: facts.source, octets)
  }

  /// `address`: the trap's source, or the agent where the listener's metadata is asked by that.
  internal mutating func key(listener: UInt16, address: SourceAddress, _ octets: Span<UInt8>) -> MetadataKey {
    guard TrapReader.mayBe(.v3, octets) else { return MetadataKey(listener: listener, source: address) }
    guard let peek = peek(octets), peek.version == .v3 else {
      return MetadataKey(listener: listener, source: address, v3: requestIdentity(octets))
    }
    let identity = V3Identity(octets, engineID: peek.engineID, userName: peek.userName)
    return MetadataKey(listener: listener, source: address, v3: identity)
  }

  /// Of what is no notification, and may want to know our clock; nil of a notification.
  private mutating func requestIdentity(_ octets: Span<UInt8>) -> V3Identity? {
    guard peek(octets) == nil, let header = try? V3Header.read(octets) else { return nil }
    return V3Identity(octets, engineID: header.engineID, userName: header.userName)
  }

  /// False only where the version, in its shortest form `02 01 n`, is another: that is known without a peek.
  @inline(__always)
  internal static func mayBe(_ version: SNMPVersion, _ octets: Span<UInt8>) -> Bool {
    guard octets.count >= 2 else { return true }
    let place = octets[1] < 0x80 ? 2 : 2 + Int(octets[1] & 0x7f)
    guard octets.count > place + 2, octets[place] == 0x02, octets[place + 1] == 0x01 else { return true }
    return octets[place + 2] == version.rawValue
  }
}
