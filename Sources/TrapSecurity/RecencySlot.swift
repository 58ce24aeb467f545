/// One place of a `RecencyTable`, and its neighbours in order of use; `RecencyTable.none` where there is no neighbour.
struct RecencySlot<Key: Hashable, Value> {
  var key: Key
  /// nil in a free place.
  var value: Value?
  /// Used after this one.
  var newer: Int32
  /// Used before this one; of a free place the next free one.
  var older: Int32
}
