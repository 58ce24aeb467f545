/// The busiest sources as they were a short time ago: finding them looks at every row.
internal struct SourceRanking {
  struct Entry {
    let place: Int
    let index: UInt32
    let activity: SourceActivity
  }

  /// More are not kept in order, however many are asked for.
  static let most = 1024
  static let octets = most * MemoryLayout<Entry>.stride

  /// The busiest first.
  private(set) var best: [Entry] = []
  private var asked = 0
  private var made: UInt64 = 0

  /// Whether the list is young enough, and was made for as many.
  func serves(_ count: Int, now: UInt64, age: UInt64) -> Bool {
    asked >= min(count, SourceRanking.most) && now >= made && now - made < age
  }

  mutating func make(_ count: Int, _ rows: [StoredSource], _ activity: [SourceActivity], now: UInt64) {
    asked = min(max(count, 16), SourceRanking.most)
    made = now
    best.removeAll(keepingCapacity: true)
    for place in activity.indices where activity[place].score > -.infinity && rows[place].index > 0 {
      if best.count == asked {
        guard best[0].activity < activity[place] else { continue }
        best[0] = Entry(place: place, index: rows[place].index, activity: activity[place])
        sink()
      } else {
        best.append(Entry(place: place, index: rows[place].index, activity: activity[place]))
        rise()
      }
    }
    best.sort { $1.activity < $0.activity || $0.activity == $1.activity && $0.index < $1.index }
  }

  /// A heap whose first is the least busy of those that are kept.
  private mutating func rise() {
    var child = best.count - 1
    while child > 0, best[child].activity < best[(child - 1) / 2].activity {
      best.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func sink() {
    var parent = 0
    while 2 * parent + 1 < best.count {
      var child = 2 * parent + 1
      if child + 1 < best.count, best[child + 1].activity < best[child].activity { child += 1 }
      guard best[child].activity < best[parent].activity else { return }
      best.swapAt(child, parent)
      parent = child
    }
  }
}
