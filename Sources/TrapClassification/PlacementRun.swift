internal import TrapBatching

/// Traps of a slab that go to the log in one call. With informs among them, all have one route.
internal struct PlacementRun {
  private(set) var range = 0..<0
  private(set) var count: UInt64 = 0
  private var route = RouteSetNumber.none
  private var isMixed = false
  /// Among the informs of the slab.
  var informs = 0..<0

  func takes(_ next: RouteSetNumber, isInform: Bool) -> Bool {
    count == 0 || (!isMixed && next == route) || (informs.isEmpty && !isInform)
  }

  mutating func append(_ index: Int, _ next: RouteSetNumber) {
    if count == 0 {
      route = next
      range = index..<(index + 1)
    } else {
      isMixed = isMixed || next != route
      range = range.lowerBound..<(index + 1)
    }
    count += 1
  }
}
