/// Keeps what a walk sees for its length, so that what a manager adds up was read at one moment.
///
/// A walk is many requests, and none says that it belongs to one. It is recognised by its next question: the same peer
/// asks for what follows a name that it was just given. Anything else begins anew with fresh values. Names are
/// remembered by their hashes: one that is taken for another shows a manager values of a moment ago.
internal struct WalkPins<Moment> {
  private struct Pin {
    let walk: UInt64
    let moment: Moment
    let peer: [UInt8]
    var answered: [UInt64]
    let begun: UInt64
  }

  private var pins: [Pin] = []
  private var walks: UInt64 = 0

  internal init() {}

  /// The walk that `peer` goes on with when it asks for what follows one of `names`.
  internal func walk(after names: [UInt64], peer: [UInt8], now: UInt64) -> (walk: UInt64, moment: Moment)? {
    let pin = pins.last { pin in
      now &- pin.begun <= WalkLimits.lifetime && pin.peer == peer && names.contains { pin.answered.contains($0) }
    }
    return pin.map { ($0.walk, $0.moment) }
  }

  /// A walk that begins. It is one when it is noted what it was answered.
  internal mutating func begin(_ moment: Moment, peer: [UInt8], now: UInt64) -> UInt64 {
    pins.removeAll { now &- $0.begun > WalkLimits.lifetime }
    if pins.count == WalkLimits.walksMax { pins.removeFirst() }
    walks += 1
    pins.append(Pin(walk: walks, moment: moment, peer: peer, answered: [], begun: now))
    return walks
  }

  /// Remembers what the walk was answered last; nothing: it is at its end.
  internal mutating func note(_ walk: UInt64, answered: [UInt64]) {
    guard let index = pins.lastIndex(where: { $0.walk == walk }) else { return }
    if answered.isEmpty {
      pins.remove(at: index)
    } else {
      pins[index].answered.removeAll(keepingCapacity: true)
      pins[index].answered.append(contentsOf: answered.prefix(WalkLimits.namesMax))
    }
  }
}
