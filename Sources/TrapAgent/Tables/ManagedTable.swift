/// A table of TRAPLINE-MIB. Its index has one arc or two, and a row's key is made of them as `KeyedRow` says.
internal protocol ManagedTable: Sendable {
  var name: String { get }
  /// Of the table's entry: four arcs below the module's root.
  var arcs: [UInt] { get }
  var indexArcs: Int { get }
  /// In ascending order of their arcs; without those that are not accessible.
  var columns: [ColumnShape] { get }

  func value(_ column: Int, at key: UInt64, in moment: AgentMoment) -> ManagedValue?
  /// The first row at or after `key` that has a value in that column.
  func next(_ column: Int, from key: UInt64, in moment: AgentMoment) -> (key: UInt64, value: ManagedValue)?
}
