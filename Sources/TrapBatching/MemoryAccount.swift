internal import Synchronization
internal import TrapLedger

/// One bound of the daemon, in octets of pinned capacity, and what stands against it now.
package final class MemoryAccount: Sendable {
  package let name: String
  private let boundOctets: Atomic<Int>
  private let usedOctets = Atomic<Int>(0)
  private let peakOctets = Atomic<Int>(0)
  /// What thresholds can be set on: this account's own, and the sum of all.
  private let gauge: WatchedGauge?
  private let sum: WatchedGauge?

  package convenience init(name: String, bound: Int) { self.init(name: name, bound: bound, gauge: nil, sum: nil) }

  internal init(name: String, bound: Int, gauge: WatchedGauge?, sum: WatchedGauge?) {
    self.name = name
    boundOctets = Atomic(bound)
    self.gauge = gauge
    self.sum = sum
    gauge?.limit = Int64(bound)
  }

  package var bound: Int { boundOctets.load(ordering: .relaxed) }
  package var used: Int { usedOctets.load(ordering: .relaxed) }
  /// The highest `used` so far.
  package var peak: Int { peakOctets.load(ordering: .relaxed) }

  /// Books what a stage pins now. The stage itself keeps the bound; the account is what others read.
  package func set(_ octets: Int) {
    let former = usedOctets.exchange(octets, ordering: .relaxed)
    guard former != octets else { return }
    peakOctets.max(octets, ordering: .relaxed)
    gauge?.set(Int64(octets))
    sum?.add(Int64(octets - former))
  }

  /// The stage keeps another bound from now on.
  package func setBound(_ octets: Int) {
    boundOctets.store(octets, ordering: .relaxed)
    gauge?.limit = Int64(octets)
  }
}
