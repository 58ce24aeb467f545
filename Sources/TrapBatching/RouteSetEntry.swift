/// One place of the table of route sets.
internal struct RouteSetEntry: Sendable {
  /// nil where the number is free.
  var routeSet: RouteSet?
  weak var handle: RouteSetHandle?
  /// Handles whose end was not yet told; a handle that is going may overlap with one newly made.
  var uses = 0
  /// Never recycled: somebody asked for the bare number.
  var isPermanent = false
  var isReleased = false
}
