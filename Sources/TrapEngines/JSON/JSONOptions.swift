/// What the configuration decides about a trap's JSON.
package struct JSONOptions: Sendable, Equatable {
  /// Counter64 values as JSON strings, for readers whose numbers are doubles.
  package var counter64AsText: Bool
  /// Communities are secrets: they are left out unless asked for.
  package var communities: Bool

  package init(counter64AsText: Bool = false, communities: Bool = false) {
    self.counter64AsText = counter64AsText
    self.communities = communities
  }
}
