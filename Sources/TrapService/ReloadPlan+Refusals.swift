extension ReloadPlan {
  internal static func refusals(
    _ old: Configuration, _ new: Configuration, _ listeners: ReloadDiff<Configuration.Listener>,
    added: [Configuration.Engine], registered: [String]
  ) -> [String] {
    var refusals = daemon(old.daemon, new.daemon) + security(old.security, new.security)
    refusals += metadata(old.metadata, new.metadata)
    refusals += listeners.added.map { "listener \($0.name) is new" }
    refusals += listeners.removed.map { "listener \($0.name) is gone" }
    for pair in listeners.kept { refusals += listener(pair.old, pair.new) }
    // Traps carry the number of their listener, which is its place in the file.
    let kept = listeners.kept.map(\.new.name)
    if kept != old.listeners.map(\.name).filter(kept.contains) { refusals.append("listeners stand in another order") }
    refusals = refusals.map { "\($0), which takes effect with a restart only" }
    refusals += added.filter { registered.contains($0.name) }.map {
      "engine \($0.name) is registered at run time; end that registration first"
    }
    return refusals
  }

  private static func daemon(_ old: Configuration.Daemon, _ new: Configuration.Daemon) -> [String] {
    var refusals: [String] = []
    if old.memoryLimit != new.memoryLimit {
      refusals.append("memory limit is \(new.memoryLimit.sizeText) in place of \(old.memoryLimit.sizeText)")
    }
    if old.stateDirectory != new.stateDirectory {
      refusals.append("state directory is \(new.stateDirectory.path) in place of \(old.stateDirectory.path)")
    }
    refusals += agent(old.agent, new.agent)
    if old.api != new.api { refusals.append("api differs") }
    if old.polling != new.polling { refusals.append("polling differs") }
    if old.informs.repeats != new.informs.repeats || old.informs.repeatWindow != new.informs.repeatWindow {
      refusals.append("informs differs in repeats or repeat-window")
    }
    return refusals
  }

  /// Who may ask it can change; what it is cannot.
  private static func agent(_ old: Configuration.Agent?, _ new: Configuration.Agent?) -> [String] {
    guard let old, let new else { return old == new ? [] : [new == nil ? "agent is gone" : "agent is new"] }
    var parts: [String] = []
    if old.mode != new.mode { parts.append("mode") }
    if old.address != new.address { parts.append("address") }
    if old.oid != new.oid { parts.append("oid") }
    if old.log != new.log { parts.append("log") }
    return parts.isEmpty ? [] : ["agent: \(parts.joined(separator: ", ")) differs"]
  }

  private static func security(_ old: Configuration.Security, _ new: Configuration.Security) -> [String] {
    var refusals: [String] = []
    if old.tls != new.tls { refusals.append("tls differs") }
    if old.engines != new.engines { refusals.append("security engines differs") }
    if old.keys != new.keys { refusals.append("security keys differs") }
    if old.repeats != new.repeats { refusals.append("security repeats differs") }
    return refusals
  }

  private static func metadata(_ old: Configuration.Metadata, _ new: Configuration.Metadata) -> [String] {
    var refusals: [String] = []
    if old.cache != new.cache { refusals.append("cache differs") }
    if old.requests != new.requests { refusals.append("requests differs") }
    if old.holdingLimit != new.holdingLimit { refusals.append("holding limit differs") }
    return refusals
  }

  private static func listener(_ old: Configuration.Listener, _ new: Configuration.Listener) -> [String] {
    var parts: [String] = []
    if old.address != new.address { parts.append("address") }
    if old.lanes != new.lanes { parts.append("lanes") }
    if old.receiveBuffer != new.receiveBuffer { parts.append("receive-buffer") }
    if old.connections != new.connections { parts.append("connections") }
    if old.batch != new.batch { parts.append("batch") }
    if old.queueLimit != new.queueLimit { parts.append("queue limit") }
    return parts.map { "listener \(new.name): \($0) differs" }
  }
}
