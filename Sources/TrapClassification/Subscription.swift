/// What a processing engine wants besides what metadata names it for, and what it does not want at all.
package struct Subscription: Sendable, Hashable {
  package let engine: String
  /// Traps that it gets whether metadata names it or not; nil: none. An empty selector among them: all.
  package let subscribe: [TrapSelector]?
  /// Traps that it does not get, whoever names it.
  package let filter: [TrapSelector]

  package init(engine: String, subscribe: [TrapSelector]?, filter: [TrapSelector] = []) {
    self.engine = engine
    self.subscribe = subscribe
    self.filter = filter
  }

  internal var selectors: [TrapSelector] { (subscribe ?? []) + filter }
}
