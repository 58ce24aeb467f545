/// The rows in the order of their indices. What is gone stays in it until it is as much as what lives.
internal struct SourceOrder {
  private struct Entry {
    let index: UInt32
    let place: UInt32
  }

  static let octetsPerRow = 2 * MemoryLayout<Entry>.stride

  private let capacity: Int
  private var entries: [Entry] = []

  init(capacity: Int) {
    self.capacity = capacity
    entries.reserveCapacity(2 * capacity)
  }

  /// Of the largest index so far.
  mutating func append(_ index: UInt32, at place: Int, in rows: [StoredSource]) {
    if entries.count == 2 * capacity {
      entries.removeAll { rows[Int($0.place)].index != $0.index }
      precondition(entries.count < 2 * capacity, "\(entries.count) rows in a table of \(capacity)")
    }
    entries.append(Entry(index: index, place: UInt32(place)))
  }

  func place(of index: UInt32, in rows: [StoredSource]) -> Int? {
    guard index > 0 else { return nil }
    let at = firstEntry(after: index - 1)
    guard at < entries.count, entries[at].index == index else { return nil }
    let place = Int(entries[at].place)
    return rows[place].index == index ? place : nil
  }

  /// The living places of indices above `index`, in ascending order, until `body` says false.
  func forEach(after index: UInt32, in rows: [StoredSource], _ body: (Int) -> Bool) {
    var at = firstEntry(after: index)
    while at < entries.count {
      let place = Int(entries[at].place)
      if rows[place].index == entries[at].index, !body(place) { return }
      at += 1
    }
  }

  private func firstEntry(after index: UInt32) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].index <= index { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
