/// One variable binding of a SET.
internal struct SetBinding: Equatable {
  internal let position: ObjectPosition
  internal let value: WrittenValue
}
