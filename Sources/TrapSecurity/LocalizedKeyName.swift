/// What localized keys are found by: the engine that a message names, and the user object that it is from. A reload
/// makes new objects, whose secrets may be others.
struct LocalizedKeyName: Hashable {
  let engine: EngineName
  /// Good as long as the keys are kept, which keep their user.
  let user: ObjectIdentifier

  init(_ engine: EngineName, _ user: USMUser) {
    self.engine = engine
    self.user = ObjectIdentifier(user)
  }
}
