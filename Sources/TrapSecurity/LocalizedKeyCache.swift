/// The localized keys of engines whose digest was right, the least recently used forgotten first.
struct LocalizedKeyCache {
  /// What an entry takes beside its keys: its place and its row of the index, twice for growth.
  static let entryOctets = LocalizedKeys.pinnedOctets + 448

  let limit: Int
  private var table = RecencyTable<LocalizedKeyName, LocalizedKeys>()
  private(set) var evictions: UInt64 = 0
  private(set) var localizations: UInt64 = 0

  /// - Parameter limit: octets; below `entryOctets` nothing is kept.
  init(limit: Int) { self.limit = limit }

  var count: Int { table.count }
  var octets: Int { table.count * Self.entryOctets }

  /// The keys that are kept under this name; used once `touch` says so.
  func place(of name: LocalizedKeyName) -> Int32? { table.place(of: name) }

  subscript(place: Int32) -> LocalizedKeys { table[place] }

  /// New keys, not kept: their digest has still to prove that the engine is real. nil where the user has none there.
  mutating func localize(_ user: USMUser, engineID: [UInt8]) -> LocalizedKeys? {
    localizations &+= 1
    return LocalizedKeys(user, engineID: engineID)
  }

  mutating func touch(_ place: Int32) { table.touch(place) }

  /// Keeps the keys, making room first.
  mutating func insert(_ name: LocalizedKeyName, _ keys: LocalizedKeys) {
    guard Self.entryOctets <= limit else { return }
    while octets + Self.entryOctets > limit, table.removeOldest() { evictions &+= 1 }
    table.insert(name, keys)
  }

  mutating func removeAll(where isGone: (EngineName, USMUser) -> Bool) {
    _ = table.removeAll { name, keys in isGone(name.engine, keys.user) }
  }
}
