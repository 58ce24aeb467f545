internal import TrapBatching

/// The rows themselves. All room is reserved when it is made, so that no row is ever copied to make room for another;
/// what is not used yet takes no memory of the machine's.
internal struct SourceTableState: ~Copyable {
  private let capacity: Int
  private var rows: [StoredSource] = []
  private var activity: [SourceActivity] = []
  private var places: AddressIndex
  private var order: SourceOrder
  private var free: Int32 = -1
  private var proven = SourceAge()
  private var unproven = SourceAge()
  private var nextIndex: UInt32
  private(set) var sums = SourceAccount()
  private(set) var forgotten: UInt64 = 0
  private var ranking = SourceRanking()

  init(capacity: Int, firstIndex: UInt32) {
    self.capacity = capacity
    nextIndex = firstIndex
    places = AddressIndex(capacity: capacity)
    order = SourceOrder(capacity: capacity)
    rows.reserveCapacity(capacity)
    activity.reserveCapacity(capacity)
  }

  /// Of one row, its share of the index of addresses aside.
  static let rowOctets =
    MemoryLayout<StoredSource>.stride + MemoryLayout<SourceActivity>.stride + SourceOrder.octetsPerRow

  static func pinnedOctets(capacity: Int) -> Int {
    capacity * rowOctets + AddressIndex.octets(capacity: capacity) + SourceRanking.octets
  }

  var count: Int { proven.count + unproven.count }
  /// Rows that made room keep their places.
  var usedOctets: Int {
    rows.count * SourceTableState.rowOctets + AddressIndex.octets(capacity: capacity) + SourceRanking.octets
  }

  // MARK: - Reading

  func index(of address: SourceAddress) -> UInt32? { places.find(address, in: rows).map { rows[$0].index } }

  func row(_ index: UInt32, now: UInt64) -> SourceRow? { order.place(of: index, in: rows).map { row(at: $0, now) } }

  func rows(after index: UInt32, most: Int, now: UInt64) -> [SourceRow] {
    var found: [SourceRow] = []
    found.reserveCapacity(min(most, count))
    order.forEach(after: index, in: rows) { place in
      guard found.count < most else { return false }
      found.append(row(at: place, now))
      return true
    }
    return found
  }

  mutating func busiest(_ most: Int, now: UInt64, age: UInt64) -> [SourceRow] {
    guard most > 0 else { return [] }
    if !ranking.serves(most, now: now, age: age) { ranking.make(most, rows, activity, now: now) }
    // Rows may have gone since.
    let living = ranking.best.lazy.filter { [rows] in rows[$0.place].index == $0.index }
    return living.prefix(most).map { row(at: $0.place, now) }
  }

  private func row(at place: Int, _ now: UInt64) -> SourceRow {
    let stored = rows[place]
    var row = SourceRow(index: stored.index, address: stored.source, seen: stored.firstSeen)
    row.lastSeen = stored.lastSeen
    row.arrived = stored.arrived
    row.refused = stored.refused
    row.lastTrapOID = stored.trapOID.arcs
    row.rate = UInt64(activity[place].rate(now: now).rounded())
    return row
  }

  // MARK: - Applying

  mutating func apply(_ command: SourceCommand, now: UInt64) {
    guard let place = places.find(command.source, in: rows) ?? makeRow(command) else {
      sums.unattributedArrived &+= command.arrived
      sums.unattributedRefused &+= command.refused
      return
    }
    heard(place, isProven: rows[place].isProven || command.arrived > command.refused)
    rows[place].firstSeen = min(rows[place].firstSeen, SourceTableState.time(command.first))
    rows[place].lastSeen = max(rows[place].lastSeen, SourceTableState.time(command.last))
    rows[place].arrived &+= command.arrived
    rows[place].refused &+= command.refused
    if !command.trapOID.isEmpty { rows[place].trapOID = command.trapOID }
    sums.arrived &+= command.arrived
    sums.refused &+= command.refused
    activity[place].add(command.arrived, now: now)
  }

  /// A clock before 1970 is no clock.
  private static func time(_ wall: Int64) -> UInt64 { UInt64(max(0, wall)) }

  /// nil where all indices were issued.
  private mutating func makeRow(_ command: SourceCommand) -> Int? {
    guard nextIndex > 0 else { return nil }
    if count == capacity { forgetOne(isProven: command.arrived > command.refused) }
    var stored = StoredSource(
      index: nextIndex, source: command.source, firstSeen: SourceTableState.time(command.first))
    // After the last index comes 0: none.
    nextIndex &+= 1
    let place: Int
    if free >= 0 {
      place = Int(free)
      free = rows[place].newer
      rows[place] = stored
      activity[place] = SourceActivity()
    } else {
      place = rows.count
      stored.newer = -1
      rows.append(stored)
      activity.append(SourceActivity())
    }
    places.insert(command.source, at: place)
    order.append(rows[place].index, at: place, in: rows)
    unproven.append(place, in: &rows)
    return place
  }

  /// The place becomes the one heard of last.
  private mutating func heard(_ place: Int, isProven: Bool) {
    if rows[place].isProven { proven.remove(place, in: &rows) } else { unproven.remove(place, in: &rows) }
    rows[place].isProven = isProven
    if isProven { proven.append(place, in: &rows) } else { unproven.append(place, in: &rows) }
  }

  private mutating func forgetOne(isProven: Bool) {
    let reserve = max(1, capacity / 16)
    let takesUnproven = unproven.count >= (isProven ? reserve + 1 : reserve) || proven.count == 0
    let place = Int(takesUnproven ? unproven.oldest : proven.oldest)
    if takesUnproven { unproven.remove(place, in: &rows) } else { proven.remove(place, in: &rows) }
    places.remove(rows[place].source, in: rows)
    sums.arrived &-= rows[place].arrived
    sums.refused &-= rows[place].refused
    sums.forgottenArrived &+= rows[place].arrived
    sums.forgottenRefused &+= rows[place].refused
    forgotten &+= 1
    rows[place].index = 0
    rows[place].newer = free
    free = Int32(place)
  }
}
