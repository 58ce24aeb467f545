/// What a reload changes of one listener, whose sockets stay open.
internal struct ListenerChange: Equatable, Sendable {
  /// As it is now.
  let listener: Configuration.Listener
  /// `accept`, its communities or `v3` differ.
  let changesAdmission: Bool
  /// Another metadata source serves it.
  let changesMetadata: Bool

  /// nil where neither differs. What else differs needs a restart, which the plan says.
  init?(_ old: Configuration.Listener, _ new: Configuration.Listener) {
    listener = new
    changesAdmission = old.acceptance != new.acceptance || old.v3 != new.v3
    changesMetadata = old.metadata != new.metadata
    if !changesAdmission && !changesMetadata { return nil }
  }
}
