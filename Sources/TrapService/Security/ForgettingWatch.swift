internal import Synchronization
internal import TrapControl

/// Warns when what tells a replay from a new message stands at its bound: at the first of each kind that is forgotten before
/// its time, and then once an hour while it goes on.
internal final class ForgettingWatch: Sendable {
  private struct Row {
    let count: @Sendable (ForgottenView) -> UInt64
    /// What is forgotten, what that means, and what to raise.
    let words: (what: String, effect: String, remedy: String)
    var told: UInt64 = 0
    /// Monotonic nanoseconds before which nothing more is said.
    var next: UInt64 = 0
  }

  internal static let interval: UInt64 = 3_600_000_000_000

  private let rows = Mutex([
    Row(
      count: { $0.messages },
      words: (
        "recent SNMPv3 messages", "one that is recorded and sent again may be taken", "repeats of <security>"
      )),
    Row(
      count: { $0.clocks },
      words: (
        "clocks of SNMP engines", "an old message of one may be taken once", "engines of <security>"
      )),
    Row(
      count: { $0.informs },
      words: ("answered informs", "a repeat of one is delivered again", "repeats of <informs>")),
    Row(
      count: { $0.keys },
      words: ("localized keys", "each is derived again with its engine's next message", "keys of <security>")),
  ])
  private let write: @Sendable (String) -> Void

  /// `write` gets one line at a time.
  init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }

  /// `now` is monotonic nanoseconds.
  func note(_ forgotten: ForgottenView, now: UInt64) {
    let lines = rows.withLock { rows in rows.indices.compactMap { ForgettingWatch.line(&rows[$0], forgotten, now: now) }
    }
    for line in lines { write(line) }
  }

  private static func line(_ row: inout Row, _ forgotten: ForgottenView, now: UInt64) -> String? {
    let count = row.count(forgotten)
    guard count > row.told, now >= row.next else { return nil }
    let more = count - row.told
    row.told = count
    row.next = now + interval
    return "\(more) \(row.words.what) were forgotten before their time, for want of room: \(row.words.effect); "
      + "raise \(row.words.remedy), or memory limit"
  }
}
