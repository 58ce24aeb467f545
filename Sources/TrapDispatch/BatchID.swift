/// Names one batch for its whole life: `<boot>-<counter>`. A retried batch keeps its ID and its octets; the parts of a
/// halved one have IDs of their own.
package struct BatchID: Hashable, Sendable, CustomStringConvertible {
  /// The run of the daemon, from the ledger.
  package let boot: UInt64
  /// Counts from 1 over all processing engines of the run.
  package let counter: UInt64

  package init(boot: UInt64, counter: UInt64) {
    self.boot = boot
    self.counter = counter
  }

  /// From the text of `description`; nil for anything else.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let boot = UInt64(parts[0]), let counter = UInt64(parts[1]) else { return nil }
    self.init(boot: boot, counter: counter)
    guard description == text else { return nil }
  }

  package var description: String { "\(boot)-\(counter)" }
}
