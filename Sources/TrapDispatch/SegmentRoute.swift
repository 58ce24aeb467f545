internal import TrapBatching

/// One route of a segment's table: with the route set itself, names resolve from the segment alone.
///
/// It holds the handle, so that its number means this route set for as long as a record or a batch may refer to it.
internal struct SegmentRoute: Sendable {
  let number: RouteSetNumber
  let handle: RouteSetHandle
  /// The registered engines among those named, by slot.
  var engines: EngineSet

  init(_ handle: RouteSetHandle, engines: EngineSet) {
    number = handle.number
    self.handle = handle
    self.engines = engines
  }

  var routeSet: RouteSet { handle.routeSet }

  /// What the entry counts against its segment's capacity.
  var charge: Int { SegmentRoute.charge(handle) }

  /// A route set without attributes is shared by all segments and counts for nothing here: there are as many as engines
  /// are combined. One with attributes may be a single source's, and live for this segment alone.
  static func charge(_ handle: RouteSetHandle) -> Int {
    MemoryLayout<SegmentRoute>.stride + (handle.routeSet.attributes.isEmpty ? 0 : handle.pinnedOctets)
  }
}
