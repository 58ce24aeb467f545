internal import TrapBatching

/// What other threads want of the classification thread; applied at its next turn. Bounded: orders merge.
internal struct ClassifierOrders {
  private static let sourcesMax = 1024

  var stopBy: UInt64?
  var replacement: (assignment: MetadataAssignment, timeoutRoute: RouteSetHandle?)?
  private(set) var forgetsAll = false
  private(set) var forgets: Set<SourceAddress> = []

  mutating func forgetAll() {
    forgetsAll = true
    forgets.removeAll()
  }

  mutating func forget(_ source: SourceAddress) {
    guard !forgetsAll else { return }
    forgets.insert(source)
    if forgets.count > ClassifierOrders.sourcesMax { forgetAll() }
  }
}
