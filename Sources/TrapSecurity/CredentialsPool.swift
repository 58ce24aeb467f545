internal import Synchronization

/// One object for equal credentials, for as long as they are stated again and again: keys are cached by the identity of
/// their user. From any thread.
///
/// Two generations, each within half of the bound: what is asked for moves to the younger one, and when that is full, the
/// older one goes. What goes and is stated again is another object, whose keys are derived anew.
package final class CredentialsPool: Sendable {
  /// Octets that it keeps at most, about 1 KiB for each user.
  package static let octetsMax = 8 << 20

  private struct State {
    var young: [StatedCredentials: Credentials] = [:]
    var old: [StatedCredentials: Credentials] = [:]
    var youngOctets = 0
  }

  private let limit: Int
  private let state = Mutex(State())

  package init(limit: Int = CredentialsPool.octetsMax) { self.limit = limit }

  package func credentials(of stated: StatedCredentials) throws(CredentialsMistake) -> Credentials {
    try state.withLock { (state) throws(CredentialsMistake) in
      if let known = state.young[stated] { return known }
      let credentials = if let known = state.old[stated] { known } else { try stated.made() }
      let octets = credentials.pinnedOctets
      if state.youngOctets + octets > limit / 2 {
        state.old = state.young
        state.young = [:]
        state.youngOctets = 0
      }
      state.young[stated] = credentials
      state.youngOctets += octets
      return credentials
    }
  }

  /// Objects that are kept, for tests.
  package var count: Int {
    state.withLock { state in state.young.merging(state.old) { young, _ in young }.count }
  }
}
