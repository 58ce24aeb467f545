internal import Synchronization
internal import TrapBatching
internal import TrapClassification
internal import TrapSecurity

/// The programs that a source of metadata has led to, each once for as long as anybody uses it. `ask` may come from any thread.
///
/// Held weakly: the metadata cache owns them, and its bound is theirs. With many rules and many sources there may be as
/// many programs as sources, so whoever can send from many addresses must not make them stay. For the same reason the
/// table knows the routes only by their hash: a list as key would outlive its program.
internal final class RulesMetadataPrograms: Sendable {
  private struct Weak: Sendable {
    weak let program: RoutingProgram?
  }

  private struct State {
    var made: [Int: [Weak]] = [:]
    /// Places of programs that are gone are given up when there are twice as many as after the last time.
    var sweepAt = 1024
  }

  private let state = Mutex(State())

  /// `given` is told apart by identity.
  func program(
    of routes: [Route], credentials: String? = nil, given: Credentials? = nil, minimumLevel: UInt8 = 0,
    agent: SourceAddress? = nil
  ) -> RoutingProgram {
    var hasher = Hasher()
    hasher.combine(routes)
    hasher.combine(credentials)
    hasher.combine(given.map { Swift.ObjectIdentifier($0) })
    hasher.combine(minimumLevel)
    hasher.combine(agent)
    let hash = hasher.finalize()
    return state.withLock { state in
      for place in state.made[hash] ?? [] {
        if let known = place.program, known.routes == routes, known.credentials == credentials,
          known.minimumLevel == minimumLevel, known.given === given, known.agent == agent
        {
          return known
        }
      }
      if state.made.count >= state.sweepAt { RulesMetadataPrograms.sweep(&state) }
      let program = RoutingProgram(
        routes: routes, credentials: credentials, given: given, minimumLevel: minimumLevel, agent: agent)
      state.made[hash, default: []].append(Weak(program: program))
      return program
    }
  }

  /// Programs that still have a place here and are in use, for tests.
  internal var count: Int {
    state.withLock { $0.made.values.reduce(0) { $0 + $1.count { $0.program != nil } } }
  }

  private static func sweep(_ state: inout State) {
    state.made = state.made.compactMapValues { places in
      let used = places.filter { $0.program != nil }
      return used.isEmpty ? nil : used
    }
    state.sweepAt = max(1024, state.made.count * 2)
  }
}
