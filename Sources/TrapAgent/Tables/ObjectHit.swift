/// The instance that a GETNEXT comes to, and its value.
internal struct ObjectHit {
  /// Four arcs below the module's root, as in `ObjectPosition`.
  internal let place: UInt64
  /// Of a table: the column's arc, the row, and of how many arcs the row's index is. nil: a scalar.
  internal let cell: (column: UInt, key: UInt64, indexArcs: Int)?
  internal let value: ManagedValue

  /// Writes the name's arcs below the root behind those of `name`.
  internal func append(to name: inout [UInt]) {
    for depth in 0..<4 { name.append(UInt(place >> (48 - 16 * UInt64(depth)) & 0xffff)) }
    guard let cell else { return }
    name.append(cell.column)
    if cell.indexArcs == 2 { name.append(UInt(cell.key >> 32)) }
    name.append(UInt(cell.key & 0xffff_ffff))
  }
}
