internal import TrapBatching

/// The latest of what was looked up, each in the one place that its value leads to: a multiplication in place of a hash
/// that withstands attacks. Whoever makes many values share a place makes traps take the long way, no more.
internal struct RecentRoutes {
  private static let shift: UInt64 = 54
  private static let places = 1 << (64 - Int(shift))

  private var sources: [(address: SourceAddress, number: UInt32)]
  private var routes: [(key: SubscriptionKey, route: RouteSetNumber)] = []

  /// No trap has it: classes are counted from 0.
  private static let noKey = SubscriptionKey(
    route: .none, source: .max, trap: .max, listener: .max, version: .max, pdu: .max)

  init(_ classes: SourceClasses) {
    let first = (SourceAddress.unspecified, classes.of(.unspecified))
    sources = Array(repeating: first, count: RecentRoutes.places)
    forgetRoutes()
  }

  @inline(__always)
  mutating func sourceClass(_ source: SourceAddress, in classes: SourceClasses) -> UInt32 {
    let place = RecentRoutes.place(source.high, source.low)
    let known = sources[place]
    if known.address.low == source.low, known.address.high == source.high { return known.number }
    let number = classes.of(source)
    sources[place] = (source, number)
    return number
  }

  @inline(__always)
  func route(_ key: SubscriptionKey) -> RouteSetNumber? {
    let known = routes[RecentRoutes.place(key.first, key.second)]
    return known.key == key ? known.route : nil
  }

  mutating func note(_ key: SubscriptionKey, _ route: RouteSetNumber) {
    routes[RecentRoutes.place(key.first, key.second)] = (key, route)
  }

  mutating func forgetRoutes() {
    routes = Array(repeating: (RecentRoutes.noKey, .none), count: RecentRoutes.places)
  }

  @inline(__always)
  private static func place(_ first: UInt64, _ second: UInt64) -> Int {
    let mixed = (first ^ (second &* 0xC2B2_AE3D_27D4_EB4F)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> shift)
  }
}
