internal import Synchronization

/// Gives every distinct route set its number, and takes numbers back whose handles are all gone.
///
/// A number goes back in two steps. With its last handle it is *released*: it still means what it meant, because traps
/// that were decided by it may be on their way. `reclaim`, called where no such trap is on its way, makes it free for
/// another route set. Bounded by what holds handles: the configuration, cached programs, segments.
package final class RouteSetTable: Sendable {
  private struct State {
    var numbers: [RouteSet: RouteSetNumber] = [:]
    /// By number, less one.
    var entries: [RouteSetEntry] = []
    var released: [RouteSetNumber] = []
    var free: [RouteSetNumber] = []
  }

  private let state = Mutex(State())
  private let reclaims = Atomic<UInt64>(0)

  package init() {}

  /// The handle of an equal route set: the one that is in use, else a new one.
  package func handle(of routeSet: RouteSet) -> RouteSetHandle {
    state.withLock { state in
      let number = state.numbers[routeSet] ?? RouteSetTable.give(routeSet, &state)
      return handle(number, &state)
    }
  }

  /// The handle of a number that is in use, or was when a trap on its way was decided.
  package func handle(_ number: RouteSetNumber) -> RouteSetHandle { state.withLock { handle(number, &$0) } }

  /// The number of an equal route set, from now on in use for good.
  package func number(of routeSet: RouteSet) -> RouteSetNumber {
    state.withLock { state in
      let number = state.numbers[routeSet] ?? RouteSetTable.give(routeSet, &state)
      state.entries[Int(number.rawValue) - 1].isPermanent = true
      return number
    }
  }

  package func routeSet(_ number: RouteSetNumber) -> RouteSet {
    state.withLock { RouteSetTable.known(number, $0) }
  }

  /// Route sets that have a number.
  package var count: Int { state.withLock { $0.entries.count - $0.free.count } }

  // MARK: - Recycling

  /// Makes released numbers free, where there are at least so many. To be called where no trap that was decided by a
  /// number without a handle is still to be appended. Returns these numbers.
  @discardableResult
  package func reclaim(atLeast least: Int = 1) -> [RouteSetNumber] {
    state.withLock { state in
      guard state.released.count >= least, !state.released.isEmpty else { return [] }
      let before = state.free.count
      for number in state.released {
        let index = Int(number.rawValue) - 1
        state.entries[index].isReleased = false
        guard state.entries[index].uses == 0, !state.entries[index].isPermanent,
          let routeSet = state.entries[index].routeSet
        else { continue }
        state.numbers[routeSet] = nil
        state.entries[index] = RouteSetEntry()
        state.free.append(number)
      }
      state.released.removeAll(keepingCapacity: true)
      if state.free.count > before { reclaims.add(1, ordering: .releasing) }
      return Array(state.free[before...])
    }
  }

  /// Changes whenever a number became free: what was looked up by numbers before no longer holds.
  package var reclaimCount: UInt64 { reclaims.load(ordering: .acquiring) }

  /// A handle's end.
  internal func release(_ number: RouteSetNumber) {
    state.withLock { state in
      let index = Int(number.rawValue) - 1
      state.entries[index].uses -= 1
      guard state.entries[index].uses == 0, !state.entries[index].isReleased else { return }
      state.entries[index].isReleased = true
      state.released.append(number)
    }
  }

  private func handle(_ number: RouteSetNumber, _ state: inout State) -> RouteSetHandle {
    let routeSet = RouteSetTable.known(number, state)
    let index = Int(number.rawValue) - 1
    if let known = state.entries[index].handle { return known }
    let made = RouteSetHandle(number, routeSet, of: self)
    state.entries[index].handle = made
    state.entries[index].uses += 1
    return made
  }

  private static func give(_ routeSet: RouteSet, _ state: inout State) -> RouteSetNumber {
    let number: RouteSetNumber
    if let free = state.free.popLast() {
      number = free
    } else {
      state.entries.append(RouteSetEntry())
      number = RouteSetNumber(rawValue: UInt32(state.entries.count))
    }
    state.entries[Int(number.rawValue) - 1].routeSet = routeSet
    state.numbers[routeSet] = number
    return number
  }

  private static func known(_ number: RouteSetNumber, _ state: borrowing State) -> RouteSet {
    guard number != .none, number.rawValue <= state.entries.count,
      let routeSet = state.entries[Int(number.rawValue) - 1].routeSet
    else { preconditionFailure("route set \(number.rawValue) was never given out, or was taken back") }
    return routeSet
  }
}
