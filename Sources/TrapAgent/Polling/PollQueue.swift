internal import Synchronization

/// The bounds that all calls share.
internal final class PollQueue: Sendable {
  private struct State {
    var settings: PollSettings
    var count = 0
    var octets = 0
  }

  private let state: Mutex<State>

  internal init(_ settings: PollSettings) { state = Mutex(State(settings: settings)) }

  internal var settings: PollSettings { state.withLock { $0.settings } }
  internal var count: Int { state.withLock { $0.count } }
  internal func change(_ settings: PollSettings) { state.withLock { $0.settings = settings } }

  /// False where so many, which pin so many octets, do not fit beside those that wait. A call larger than the bounds fits
  /// where nobody else waits.
  internal func reserve(_ count: Int, octets: Int) -> Bool {
    state.withLock { state in
      let isRoom =
        state.count + count <= state.settings.waitingMax && state.octets + octets <= state.settings.octetsMax
      guard state.count == 0 || isRoom else { return false }
      state.count += count
      state.octets += octets
      return true
    }
  }

  internal func leave(_ count: Int) { state.withLock { $0.count -= count } }

  /// False where the answers of all calls would pin too much.
  internal func hold(_ octets: Int, for call: PollCall) -> Bool {
    state.withLock { state in
      guard state.octets + octets <= state.settings.octetsMax,
        call.hold(octets, limit: state.settings.callOctetsMax)
      else { return false }
      state.octets += octets
      return true
    }
  }

  internal func release(_ octets: Int) { state.withLock { $0.octets -= octets } }
}
