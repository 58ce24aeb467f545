/// What a reload changes of one listener, whose sockets stay open.
internal struct ListenerChange: Equatable, Sendable {
  /// As it is now.
  let listener: Configuration.Listener
  /// Who and what may come in differs.
  let changesAdmission: Bool
  /// What is asked of its messages, or who is answered, differs.
  let changesPolicy: Bool
  /// Another metadata source serves it.
  let changesMetadata: Bool

  /// nil where neither differs. What else differs needs a restart, which the plan says.
  init?(_ old: Configuration.Listener, _ new: Configuration.Listener) {
    listener = new
    let changesDiscovery = (old.reports == .none) != (new.reports == .none)
    changesAdmission =
      old.acceptance != new.acceptance || old.v3 != new.v3 || old.informs != new.informs || changesDiscovery
      || old.allowed != new.allowed || old.denied != new.denied
    changesPolicy =
      old.v3 != new.v3 || old.informs != new.informs || old.reports != new.reports || old.key != new.key
      || old.minimumLevel != new.minimumLevel
    changesMetadata = old.metadata != new.metadata
    if !changesAdmission && !changesPolicy && !changesMetadata { return nil }
  }
}
