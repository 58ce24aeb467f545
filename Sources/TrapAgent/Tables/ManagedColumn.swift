/// One column of a table, and how a cell's value comes out of a row; nil where the row has no such cell.
internal struct ManagedColumn<Row>: Sendable {
  internal let shape: ColumnShape
  internal let value: @Sendable (Row) -> ManagedValue?

  internal init(
    _ name: String, _ arc: UInt, _ syntax: ManagedSyntax, isWritable: Bool = false,
    value: @escaping @Sendable (Row) -> ManagedValue?
  ) {
    shape = ColumnShape(name: name, arc: arc, syntax: syntax, isWritable: isWritable)
    self.value = value
  }
}
