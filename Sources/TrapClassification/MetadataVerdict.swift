/// What a source of metadata says of one key.
package enum MetadataVerdict: Sendable {
  case program(RoutingProgram)
  /// The key's traps are not wanted: `unrouted[metadata-refused]`.
  case refused
}
