internal import TrapBatching
internal import TrapClassification
internal import TrapEngines

/// How many engines there are, and how a trap finds the one that wants it.
struct Scenario {
  enum Way: String {
    /// Rules name one engine for each block of sources.
    case routes
    /// Rules name nobody; each engine subscribed to its own blocks of sources.
    case subscriptions
  }

  /// Blocks of sources: as many as the most engines, so that the sources are the same however many engines there are.
  static let blocks = 100
  static let sourcesPerBlock = 10

  let way: Way
  let engines: Int

  var names: [String] { (0..<engines).map { "engine\($0)" } }

  /// Traps come from all sources in turn, a block after the other: neighbours are of different engines.
  static func source(_ trap: Int) -> SourceAddress {
    let block = trap % blocks
    let host = trap / blocks % sourcesPerBlock
    return SourceAddress(ipv4: 0x0a00_0000 + UInt32(block << 8 + host + 1))
  }

  func blocks(of engine: Int) -> [AddressPrefix] {
    let share = Scenario.blocks / engines
    return (engine * share..<(engine + 1) * share).map { AddressPrefix("10.0.\($0).0/24")! }
  }

  func metadata(_ routeSets: RouteSetTable) -> RulesMetadata {
    guard way == .routes else { return RulesMetadata(rules: [], defaultEngines: [], routeSets: routeSets) }
    guard engines > 1 else { return RulesMetadata(rules: [], defaultEngines: names, routeSets: routeSets) }
    let rules = names.enumerated().flatMap { number, name in
      blocks(of: number).map { RulesMetadata.Rule(source: $0, engines: [name]) }
    }
    return RulesMetadata(rules: rules, defaultEngines: [], routeSets: routeSets)
  }

  /// A single engine wants everything and says no more than that: the others are measured against the least.
  var subscriptions: [Subscription] {
    guard way == .subscriptions else { return [] }
    guard engines > 1 else { return [Subscription(engine: names[0], subscribe: [TrapSelector()])] }
    return names.enumerated().map { number, name in
      Subscription(engine: name, subscribe: [TrapSelector(sources: blocks(of: number))])
    }
  }
}
