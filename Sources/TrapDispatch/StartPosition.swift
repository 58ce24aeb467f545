/// Where a processing engine that joins starts to read.
package enum StartPosition: Sendable, Equatable {
  /// With the next trap that is appended.
  case now
  /// With the oldest retained trap whose route names the engine.
  case oldest
  /// With the first such trap of this sequence number or above.
  case sequence(UInt64)
}
