internal import TrapBatching

/// All that subscriptions can tell of a trap, in sixteen octets.
internal struct SubscriptionKey: Hashable, Sendable {
  /// What metadata decided.
  var route: RouteSetNumber
  var source: UInt32
  var trap: UInt32
  var listener: UInt16
  /// 255: not looked at, or not readable.
  var version: UInt8
  var pdu: UInt8

  static func == (left: SubscriptionKey, right: SubscriptionKey) -> Bool {
    left.first == right.first && left.second == right.second
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(first)
    hasher.combine(second)
  }

  var first: UInt64 { UInt64(route.rawValue) << 32 | UInt64(source) }
  var second: UInt64 {
    UInt64(trap) << 32 | UInt64(listener) << 16 | UInt64(version) << 8 | UInt64(pdu)
  }
}
