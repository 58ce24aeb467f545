internal import Synchronization
internal import TrapClassification

/// The programs that a set of rules has led to, each once. `ask` may come from any thread.
internal final class RulesMetadataPrograms: Sendable {
  private let made = Mutex<[[Route]: RoutingProgram]>([:])

  func program(of routes: [Route]) -> RoutingProgram {
    made.withLock { made in
      if let known = made[routes] { return known }
      let program = RoutingProgram(routes: routes)
      made[routes] = program
      return program
    }
  }
}
