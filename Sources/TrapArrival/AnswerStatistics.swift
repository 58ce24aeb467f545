/// The answering thread's row in `status`.
package struct AnswerStatistics: Sendable, Equatable {
  /// Responses and reports that a socket or a stream took.
  package var sent: UInt64 = 0
  /// For want of room in the inbox or in a socket, or as their listener is gone. Their senders will ask again.
  package var dropped: UInt64 = 0
  /// Those that the kernel would not send, and why the last one.
  package var failed: UInt64 = 0
  package var lastFailure: String?
  /// Discoveries to which no Report could be written; arrival lets none through that allows of none.
  package var unreported: UInt64 = 0
  /// Discoveries over the limits: `refused[discovery-limit]` of all listeners.
  package var limited: UInt64 = 0
  /// Octets of what waits.
  package var waitingOctets = 0
  /// Octets of pinned capacity: constant.
  package var pinnedOctets = 0
}
