/// A trap's SNMPv2 trap OID in fixed storage: made once per thread and refilled for every trap.
///
/// An enterprise of 128 sub-identifiers and the two that RFC 3584 §3.1 appends are the most it can hold.
package struct TrapOID: Sendable {
  package static let capacity = ObjectIdentifier.maximumCount + 2

  package private(set) var count: Int
  private var storage: InlineArray<130, UInt32>

  /// Empty, until it is filled.
  package init() {
    self.count = 0
    self.storage = InlineArray(repeating: 0)
  }

  package subscript(index: Int) -> UInt32 {
    precondition(index < count, "sub-identifier \(index) of \(count)")
    return storage[index]
  }

  /// Whether the OID begins with all sub-identifiers of the other.
  package func hasPrefix(_ oid: ObjectIdentifier) -> Bool {
    let prefix = oid.subidentifiers
    guard prefix.count <= count else { return false }
    for index in prefix.indices where storage[index] != prefix[index] { return false }
    return true
  }

  mutating func removeAll() { count = 0 }

  /// The caller keeps to `capacity`: readers stop at 128 sub-identifiers, the RFC 3584 conversion adds two.
  mutating func append(_ subidentifier: UInt32) {
    storage[count] = subidentifier
    count += 1
  }
}

extension TrapOID: Hashable {
  package static func == (left: TrapOID, right: TrapOID) -> Bool {
    guard left.count == right.count else { return false }
    for index in 0..<left.count where left.storage[index] != right.storage[index] { return false }
    return true
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for index in 0..<count { hasher.combine(storage[index]) }
  }
}
