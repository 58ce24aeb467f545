internal import Synchronization
internal import TrapBatching

/// The indices of processing engines: issued from 1 in the order in which they joined, never used again in a run.
///
/// A name keeps its index while its engine is registered, and afterwards while its line of the ledger is to be seen; one
/// that left without ever having been routed a trap has no row any more, and gets a new index where it comes back. So
/// does one whose line may have gone because `goneMax` others left after it.
package final class EngineIndices: Sendable {
  /// As many names of engines that left as the ledger has lines.
  package static let goneMax = 255

  private struct State {
    var next: UInt32 = 1
    var indices: [String: UInt32] = [:]
    /// In the order in which they left.
    var gone: [String] = []
  }

  private let state = Mutex(State())

  package init() {}

  /// By the engine's name.
  package var all: [String: UInt32] { state.withLock { $0.indices } }

  internal func apply(_ command: EngineCommand) {
    state.withLock { state in
      state.gone.removeAll { $0 == command.name }
      switch command.change {
      case .joined: issue(command.name, &state)
      case .left(hasLine: true):
        issue(command.name, &state)
        state.gone.append(command.name)
        if state.gone.count > EngineIndices.goneMax { state.indices[state.gone.removeFirst()] = nil }
      case .left(hasLine: false): state.indices[command.name] = nil
      }
    }
  }

  private func issue(_ name: String, _ state: inout State) {
    guard state.indices[name] == nil, state.next < .max else { return }
    state.indices[name] = state.next
    state.next += 1
  }
}
