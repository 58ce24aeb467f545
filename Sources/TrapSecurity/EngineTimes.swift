/// The clocks of the engines whose digest was right, the one heard longest ago forgotten first.
struct EngineTimes {
  let limit: Int
  var table = RecencyTable<EngineName, EngineTime>()
  private(set) var evictions: UInt64 = 0

  /// - Parameter limit: engine IDs; 0 keeps none, and then only the recent octets tell a replay.
  init(limit: Int) { self.limit = limit }

  var count: Int { table.count }

  /// Notes an authenticated message, and returns whether it is in the engine's time window.
  mutating func admit(_ engine: EngineName, boots: Int32, time: Int32, now: UInt64) -> Bool {
    guard boots >= 0, time >= 0 else { return false }
    if let place = table.place(of: engine) {
      table.touch(place)
      table[place].note(boots: boots, time: time, now: now)
      return table[place].admits(boots: boots, time: time, now: now)
    }
    // RFC 3414 §2.3 begins with zeroes, so that the first message is always news.
    let entry = EngineTime(boots: boots, time: time, latest: time, reference: now)
    insert(engine, entry)
    return entry.admits(boots: boots, time: time, now: now)
  }

  mutating func insert(_ engine: EngineName, _ entry: EngineTime) {
    guard limit > 0 else { return }
    while table.count >= limit, table.removeOldest() { evictions &+= 1 }
    table.insert(engine, entry)
  }

  /// Returns whether it was known.
  mutating func forget(_ engine: EngineName) -> Bool { table.removeAll { key, _ in key == engine } > 0 }
}
