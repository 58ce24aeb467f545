internal import Synchronization

/// Every bound of the daemon, and the one limit that they stay under together.
package final class MemoryBudget: Sendable {
  /// Octets: `memory limit` of the configuration.
  package let limit: Int
  private let state = Mutex<[MemoryAccount]>([])

  package init(limit: Int) { self.limit = limit }

  /// Opens an account. The bounds must add up under the limit: the configuration's own check, repeated here.
  package func open(_ name: String, bound: Int) -> MemoryAccount {
    let account = MemoryAccount(name: name, bound: bound)
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
