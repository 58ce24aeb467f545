/// What is known of a column without a row.
internal struct ColumnShape: Sendable {
  internal let name: String
  internal let arc: UInt
  internal let syntax: ManagedSyntax
  internal let isWritable: Bool
}
