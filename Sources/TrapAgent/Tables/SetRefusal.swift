/// Which binding of a SET is to blame, from 0, and why.
internal struct SetRefusal: Error, Equatable {
  internal let index: Int
  internal let error: SetError
}
