extension ConfigurationReader {
  mutating func readDaemon(_ element: MarkupElement?, root: MarkupElement) -> Configuration.Daemon {
    var daemon = Configuration.Daemon(stateDirectory: readStateDirectory(element?.child("state"), in: element ?? root))
    assign(&daemon.name, element, "name", .name)
    let memory = element?.child("memory")
    lines.note(memory, as: "memory")
    assign(&daemon.memoryLimit, memory, "limit", .size(32 << 20...1 << 40))
    daemon.agent = element?.child("agent").map { readAgent($0) }
    daemon.api = element?.child("api").map { readAPI($0) }
    readInforms(&daemon.informs, element?.child("informs"))
    readPolling(&daemon.polling, element?.child("polling"))
    lines.note(element?.child("sources"), as: "sources")
    daemon.sources = optional(element?.child("sources"), "limit", .size(64 << 10...1 << 40))
    assign(&daemon.drain, element?.child("stop"), "drain", .duration(0...3_600_000_000_000))
    return daemon
  }

  private mutating func readInforms(_ informs: inout Configuration.Informs, _ element: MarkupElement?) {
    lines.note(element, as: "informs")
    assign(&informs.highWater, element, "high-water", .percent)
    informs.repeats = optional(element, "repeats", .size(64 << 10...1 << 40))
    assign(&informs.repeatWindow, element, "repeat-window", .duration(1_000_000_000...3_600_000_000_000))
  }

  private func readPolling(_ polling: inout Configuration.Polling, _ element: MarkupElement?) {
    assign(&polling.outstanding, element, "outstanding", .integer(1...4096))
    assign(&polling.timeout, element, "timeout", .duration(10_000_000...60_000_000_000))
    assign(&polling.retries, element, "retries", .integer(0...10))
  }

  private func readStateDirectory(
    _ element: MarkupElement?, in parent: MarkupElement
  ) -> Configuration.StateDirectory {
    if element?.attribute("directory") != nil {
      return .init(path: optional(element, "directory", .absolutePath) ?? "/", origin: .written)
    }
    // systemd lists several directories with colons between; ours is the first (systemd.exec(5), StateDirectory=).
    if let listed = surroundings.variable("STATE_DIRECTORY")?.split(separator: ":").first, listed.hasPrefix("/") {
      return .init(path: String(listed), origin: .stateDirectory)
    }
    // The XDG specification has relative paths ignored.
    if let xdg = surroundings.variable("XDG_STATE_HOME"), xdg.hasPrefix("/") {
      return .init(path: xdg + "/trapline", origin: .xdgStateHome)
    }
    if let home = surroundings.variable("HOME"), home.hasPrefix("/") {
      return .init(path: home + "/.local/state/trapline", origin: .home)
    }
    collector.error(
      element ?? parent, "no state directory is given, and neither STATE_DIRECTORY, XDG_STATE_HOME nor HOME is set",
      "add <state directory=\"/var/lib/trapline\"/>")
    return .init(path: "/", origin: .written)
  }
}
