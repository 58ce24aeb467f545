internal import Synchronization
internal import TrapBatching

/// Answers on their way to Net-SNMP's thread, within a bound in octets.
internal final class StreamAnswers: Sendable {
  /// Octets that wait, each answer with its record.
  internal static let limit = 4 << 20
  private static let recordOctets = 96

  private struct State {
    var waiting: [Answer] = []
    var octets = 0
    var wakeup: AgentWakeup?
  }

  private let state = Mutex(State())

  /// Answers are taken from now on.
  internal func attach(_ wakeup: AgentWakeup) { state.withLock { $0.wakeup = wakeup } }

  internal func detach() { state.withLock { $0 = State() } }

  /// From any thread; false where there is no room, or no thread.
  internal func put(_ answer: Answer) -> Bool {
    let size = answer.octets.count + Self.recordOctets
    let wakeup: AgentWakeup? = state.withLock { state in
      guard let wakeup = state.wakeup, state.octets + size <= Self.limit else { return nil }
      state.octets += size
      state.waiting.append(answer)
      return wakeup
    }
    wakeup?.wake()
    return wakeup != nil
  }

  internal func takeAll() -> [Answer] {
    state.withLock { state in
      guard !state.waiting.isEmpty else { return [] }
      let taken = state.waiting
      state.waiting = []
      state.octets = 0
      return taken
    }
  }
}
