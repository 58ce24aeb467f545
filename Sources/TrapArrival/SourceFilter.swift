package import TrapBatching

/// Which sources may send to a listener. What is denied is denied, whatever allows it; no allowed block at all allows
/// every source.
package struct SourceFilter: Sendable, Equatable {
  private let allowed: AddressBlocks
  private let denied: AddressBlocks

  package init(allow: [AddressPrefix], deny: [AddressPrefix]) {
    allowed = AddressBlocks(allow)
    denied = AddressBlocks(deny)
  }

  /// True where nobody has to be asked about: the usual case, which costs one comparison per read.
  package var admitsAll: Bool { allowed.isEmpty && denied.isEmpty }

  package func admits(_ source: SourceAddress) -> Bool {
    if denied.contains(source) { return false }
    return allowed.isEmpty || allowed.contains(source)
  }
}
