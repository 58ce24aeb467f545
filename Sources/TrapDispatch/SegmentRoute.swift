internal import TrapBatching

/// One route of a segment's table: with the route set itself, names resolve from the segment alone.
internal struct SegmentRoute: Sendable {
  let number: RouteSetNumber
  let routeSet: RouteSet
  /// The registered engines among those named, by slot.
  var engines: EngineSet
}
