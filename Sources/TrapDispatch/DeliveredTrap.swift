package import TrapBatching

/// What is known of one trap in a batch besides its octets. Trivially copyable; names and attributes by its batch.
package struct DeliveredTrap: Sendable, Equatable {
  /// The append number, unique over all runs, below 2⁵³.
  package let sequence: UInt64
  /// When the kernel received it, in nanoseconds since 1970.
  package let received: Int64
  package let source: SourceAddress
  /// The source's UDP port.
  package let port: UInt16
  /// For `DeliveryBatch.listenerName`.
  package let listener: UInt16
  /// For `DeliveryBatch.attributes(of:)`.
  package let routeSet: RouteSetNumber
  /// What was found out about it; says how its octets are read.
  package let marks: TrapMarks
  /// The device that it speaks of, as classification decided; nil where that is the source.
  package let agent: SourceAddress?
}
