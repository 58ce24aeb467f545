/// What a reload can change while the daemon runs, and what it cannot yet.
internal enum Reload {
  /// One line for each part that differs and needs a restart; empty where the new configuration can take effect.
  static func refusals(from old: Configuration, to new: Configuration) -> [String] {
    var refusals: [String] = []
    func check(_ isSame: Bool, _ what: String) {
      if !isSame { refusals.append("<\(what)> differs, which takes effect with a restart only; nothing was changed") }
    }
    check(old.daemon == new.daemon, "daemon")
    check(old.listeners == new.listeners, "listeners")
    check(old.engines == new.engines, "engines")
    check(
      old.metadata.cache == new.metadata.cache && old.metadata.requests == new.metadata.requests
        && old.metadata.holdingLimit == new.metadata.holdingLimit, "metadata> limits <cache, requests, holding")
    check(others(old.metadata) == others(new.metadata), "metadata> sources beside <rules")
    check(old.metadata.rules.map(\.name) == new.metadata.rules.map(\.name), "rules name=…")
    return refusals
  }

  private static func others(_ metadata: Configuration.Metadata) -> [Configuration.MetadataSource] {
    metadata.sources.filter { if case .rules = $0 { false } else { true } }
  }
}
