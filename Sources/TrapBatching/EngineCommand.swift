/// A processing engine came or went.
package struct EngineCommand: Sendable, Equatable {
  package enum Change: Sendable, Equatable {
    case joined
    /// `hasLine`: traps were routed to it, so that its line of the ledger is to be seen still.
    case left(hasLine: Bool)
  }

  package let name: String
  package let change: Change

  package init(_ name: String, _ change: Change) {
    self.name = name
    self.change = change
  }

  package var octets: Int { MemoryLayout<EngineCommand>.stride + name.utf8.count }
}
