internal import Synchronization

/// Bounds what the bodies of fetched batches hold together, in octets: from before they are written until their client
/// has read them, however slowly it does.
package final class AnswerBudget: Sendable {
  private struct State {
    var bound: Int
    var used = 0
    /// Bodies under way, by engine.
    var holders: [String: Int] = [:]
  }

  private let isShared: Bool
  private let state: Mutex<State>

  /// `isShared`: an engine with bodies under way may only use the first half, so that one whose clients read slowly leaves
  /// room for others.
  package init(bound: Int, isShared: Bool = false) {
    self.isShared = isShared
    state = Mutex(State(bound: bound))
  }

  /// Takes effect with the next body.
  package func resize(bound: Int) { state.withLock { $0.bound = bound } }

  /// Octets of bodies under way.
  package var used: Int { state.withLock { $0.used } }

  /// Room for a body of about so many octets; nil where there is none now. A body that exceeds the bound has its turn when
  /// nothing else is under way.
  internal func share(of octets: Int, for engine: String) -> AnswerShare? {
    let isGranted = state.withLock { state in
      let limit = isShared && state.holders[engine] != nil ? state.bound / 2 : state.bound
      guard state.used == 0 || state.used + octets <= limit else { return false }
      state.used += octets
      state.holders[engine, default: 0] += 1
      return true
    }
    return isGranted ? AnswerShare(self, engine, octets) : nil
  }

  fileprivate func change(by octets: Int) { state.withLock { $0.used += octets } }

  fileprivate func giveBack(_ octets: Int, of engine: String) {
    state.withLock { state in
      state.used -= octets
      let others = state.holders[engine, default: 1] - 1
      state.holders[engine] = others > 0 ? others : nil
      precondition(state.used >= 0, "\(state.used) octets of answers under way")
    }
  }
}

/// One body's part of the budget, given back when the last that keeps the body lets go of it.
internal final class AnswerShare: Sendable {
  private let budget: AnswerBudget
  private let engine: String
  private let octets: Mutex<Int>

  fileprivate init(_ budget: AnswerBudget, _ engine: String, _ octets: Int) {
    self.budget = budget
    self.engine = engine
    self.octets = Mutex(octets)
  }

  deinit { budget.giveBack(octets.withLock { $0 }, of: engine) }

  /// The body is written, and has so many octets.
  func settle(_ count: Int) {
    octets.withLock { octets in
      budget.change(by: count - octets)
      octets = count
    }
  }
}
