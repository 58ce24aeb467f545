internal import TrapBatching

/// What other threads want of the classification thread; applied at its next turn. Bounded: orders merge.
internal struct ClassifierOrders {
  private static let sourcesMax = 1024
  static let questionsMax = 64
  static let inquiriesMax = 256

  /// The classification has ended.
  var isOver = false
  var stopBy: UInt64?
  var replacement: (assignment: MetadataAssignment, timeoutRoute: RouteSetHandle?)?
  var subscriptions: Subscriptions?
  var policies: ClassificationPolicies?
  /// To be told when these orders are applied.
  var applied: [@Sendable () -> Void] = []
  var questions: [(question: KeyQuestion, reply: @Sendable (KeyExplanation) -> Void)] = []
  var inquiries: [ClassifierInquiry] = []
  private(set) var forgetsAll = false
  private(set) var forgets: Set<SourceAddress> = []

  init(isOver: Bool = false) { self.isOver = isOver }

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
