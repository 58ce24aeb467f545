/// A listener's row in `status`.
package struct ListenerRow: Sendable, Equatable {
  package let name: String
  /// As bound.
  package let address: String
  package let lanes: Int
  /// Octets that the kernel granted to each lane.
  package let receiveBuffer: Int
  /// True where the service manager opened the sockets.
  package let isInherited: Bool
  package let warnings: [String]
  /// Reads that failed for another reason than an empty socket; the last one's reason.
  package let readFailures: UInt64
  package let lastReadFailure: String?
}
