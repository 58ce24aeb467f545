/// Values by key that know which of them was used longest ago. It has no bound of its own: who inserts removes the oldest
/// first. Finding allocates nothing, and the one used last is found without hashing.
struct RecencyTable<Key: Hashable, Value> {
  static var none: Int32 { -1 }

  private var places: [Key: Int32] = [:]
  private var slots: [RecencySlot<Key, Value>] = []
  private var firstFree = Self.none
  private var newest = Self.none
  private var oldest = Self.none

  var count: Int { places.count }

  /// A place is good until its value is removed.
  func place(of key: Key) -> Int32? {
    if newest != Self.none, slots[Int(newest)].key == key { return newest }
    return places[key]
  }

  subscript(place: Int32) -> Value {
    get {
      guard let value = slots[Int(place)].value else { preconditionFailure("place \(place) is free") }
      return value
    }
    set {
      precondition(slots[Int(place)].value != nil, "place \(place) is free")
      slots[Int(place)].value = newValue
    }
  }

  /// Makes it the one used last.
  mutating func touch(_ place: Int32) {
    guard place != newest else { return }
    unlink(place)
    link(place)
  }

  /// The key must not be there yet.
  @discardableResult
  mutating func insert(_ key: Key, _ value: Value) -> Int32 {
    let slot = RecencySlot(key: key, value: value, newer: Self.none, older: Self.none)
    var place = firstFree
    if place == Self.none {
      place = Int32(slots.count)
      slots.append(slot)
    } else {
      firstFree = slots[Int(place)].older
      slots[Int(place)] = slot
    }
    let former = places.updateValue(place, forKey: key)
    precondition(former == nil, "a second value for the key of place \(former ?? 0)")
    link(place)
    return place
  }

  /// False where there is nothing to remove.
  mutating func removeOldest() -> Bool {
    guard oldest != Self.none else { return false }
    remove(oldest)
    return true
  }

  /// Returns how many it removed.
  mutating func removeAll(where isGone: (Key, Value) -> Bool) -> Int {
    var removed = 0
    for index in slots.indices {
      guard let value = slots[index].value, isGone(slots[index].key, value) else { continue }
      remove(Int32(index))
      removed += 1
    }
    return removed
  }

  /// From the one used longest ago to the one used last.
  func forEach(_ body: (Key, Value) -> Void) {
    var place = oldest
    while place != Self.none {
      let slot = slots[Int(place)]
      if let value = slot.value { body(slot.key, value) }
      place = slot.newer
    }
  }

  private mutating func remove(_ place: Int32) {
    unlink(place)
    places[slots[Int(place)].key] = nil
    slots[Int(place)].value = nil
    slots[Int(place)].older = firstFree
    firstFree = place
  }

  private mutating func link(_ place: Int32) {
    slots[Int(place)].newer = Self.none
    slots[Int(place)].older = newest
    if newest != Self.none { slots[Int(newest)].newer = place } else { oldest = place }
    newest = place
  }

  private mutating func unlink(_ place: Int32) {
    let (newer, older) = (slots[Int(place)].newer, slots[Int(place)].older)
    if newer != Self.none { slots[Int(newer)].older = older } else { newest = older }
    if older != Self.none { slots[Int(older)].newer = newer } else { oldest = newer }
  }
}
