/// A value of a SET, of the types that our objects have.
internal enum WrittenValue: Equatable, Sendable {
  case integer(Int64)
  case octets([UInt8])
  case name([UInt])
  case other
}
