/// The answer to a replay: how many letters, from the first one on, the engine's queue has taken.
package struct ReplayResult: Codable, Sendable, Equatable {
  package var replayed: Int
  /// Letters of the body after `replayed` were not looked at: the queue is full. Send them again later.
  package var isFull: Bool
  package init(replayed: Int, isFull: Bool) {
    self.replayed = replayed
    self.isFull = isFull
  }
}
