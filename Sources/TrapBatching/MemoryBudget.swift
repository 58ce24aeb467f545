internal import Synchronization
package import TrapLedger

/// Every bound of the daemon, and the one limit that they stay under together.
package final class MemoryBudget: Sendable {
  /// Octets: `memory limit` of the configuration.
  package let limit: Int
  private let board: GaugeBoard?
  private let sum: WatchedGauge?
  private let state = Mutex<[MemoryAccount]>([])

  /// `board`: where the gauges of the accounts are; nil: nobody can set thresholds on them.
  package init(limit: Int, board: GaugeBoard? = nil) {
    self.limit = limit
    self.board = board
    sum = board?.gauge(.memoryBytes)
    sum?.limit = Int64(limit)
  }

  /// Opens an account. The bounds must add up under the limit: the configuration's own check, repeated here.
  package func open(_ name: String, bound: Int, gauge: GaugeName? = nil) -> MemoryAccount {
    let account = MemoryAccount(name: name, bound: bound, gauge: gauge.flatMap { board?.gauge($0) }, sum: sum)
    state.withLock { accounts in
      let sum = accounts.reduce(bound) { $0 + $1.bound }
      precondition(sum <= limit, "\(name) brings the bounds to \(sum) octets, over the memory limit of \(limit)")
      accounts.append(account)
    }
    return account
  }

  package var accounts: [MemoryAccount] { state.withLock { $0 } }
  package var used: Int { accounts.reduce(0) { $0 + $1.used } }
}
