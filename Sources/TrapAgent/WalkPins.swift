/// Keeps one table for the length of a walk, so that what a manager adds up was read at one moment.
///
/// A walk is many requests, and none says that it belongs to one. It is recognised by its next question: the same peer
/// asks for what follows a name that it was just given. Anything else begins anew with fresh values.
internal struct WalkPins {
  private struct Pin {
    var table: ObjectTable
    var peer: [UInt8]
    var answered: Set<ObjectName>
    let begun: UInt64
  }

  /// Walks remembered at once. At the bound the oldest is forgotten: its next step sees fresh values.
  internal static let limit = 16
  /// A walk may last this long before it sees fresh values, in nanoseconds.
  internal static let lifetime: UInt64 = 10_000_000_000
  /// Names of one request that are remembered. A walk that asks for more at once may see fresh values.
  internal static let namesMax = 128

  private var pins: [Pin] = []

  /// The table to answer `names` of `peer` from, where they go on with a walk.
  internal func table(for names: [ObjectName], peer: [UInt8], now: UInt64) -> ObjectTable? {
    index(for: names, peer: peer, now: now).map { pins[$0].table }
  }

  /// Remembers what `peer`, having asked for `names`, was given.
  internal mutating func note(
    _ names: [ObjectName], peer: [UInt8], answered: [ObjectName], from table: ObjectTable, now: UInt64
  ) {
    let answers = Set(answered.prefix(Self.namesMax))
    if let known = index(for: names, peer: peer, now: now) {
      if answers.isEmpty { pins.remove(at: known) } else { pins[known].answered = answers }
      return
    }
    guard !answers.isEmpty else { return }
    pins.removeAll { now &- $0.begun > Self.lifetime }
    if pins.count == Self.limit { pins.removeFirst() }
    pins.append(Pin(table: table, peer: peer, answered: answers, begun: now))
  }

  private func index(for names: [ObjectName], peer: [UInt8], now: UInt64) -> Int? {
    pins.lastIndex { pin in
      now &- pin.begun <= Self.lifetime && pin.peer == peer && names.contains { pin.answered.contains($0) }
    }
  }
}
