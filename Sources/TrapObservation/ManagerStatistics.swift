/// What became of the notifications to one manager.
package struct ManagerStatistics: Sendable, Equatable {
  package let name: String
  /// Handed to the network, an inform once however often it is repeated.
  package var sent: UInt64 = 0
  /// Informs that the manager has answered.
  package var acknowledged: UInt64 = 0
  /// Those that could not be sent, and informs that nobody answered or that were refused.
  package var failed: UInt64 = 0
  /// Those that found no room in the line.
  package var dropped: UInt64 = 0
  /// Those that would have come in again at one of our own listeners.
  package var looping: UInt64 = 0
  /// Those that wait.
  package var waiting: UInt64 = 0

  package init(name: String) { self.name = name }
}
