internal import Synchronization

/// Gives every distinct route set its number. Grows with the configuration and the metadata, never with the traps.
package final class RouteSetTable: Sendable {
  private struct State {
    var numbers: [RouteSet: RouteSetNumber] = [:]
    var routeSets: [RouteSet] = []
  }

  private let state = Mutex(State())

  package init() {}

  /// The number of an equal route set, given before or now.
  package func number(of routeSet: RouteSet) -> RouteSetNumber {
    state.withLock { state in
      if let known = state.numbers[routeSet] { return known }
      state.routeSets.append(routeSet)
      let number = RouteSetNumber(rawValue: UInt32(state.routeSets.count))
      state.numbers[routeSet] = number
      return number
    }
  }

  /// The handle of an equal route set.
  package func handle(of routeSet: RouteSet) -> RouteSetHandle { RouteSetHandle(number(of: routeSet), routeSet) }

  package func routeSet(_ number: RouteSetNumber) -> RouteSet {
    state.withLock { state in
      precondition(
        number != .none && number.rawValue <= state.routeSets.count, "route set \(number.rawValue) was never given out")
      return state.routeSets[Int(number.rawValue) - 1]
    }
  }

  package var count: Int { state.withLock { $0.routeSets.count } }
}
