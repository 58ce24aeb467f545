internal import SNMPWire
internal import TrapBatching

extension Configuration {
  /// The effective configuration as XML that reads back as the same value, then the sum of its bounds as a comment.
  ///
  /// A bound that is derived from `memory limit` stands in the comment alone: written into its element it would stay
  /// behind when the limit is changed. Secrets stand as references, and one written in the file itself as a blank
  /// that is refused when read.
  package func printed(_ limits: Limits) -> String {
    var writer = MarkupWriter()
    writer.element("trapline", [("xmlns", Configuration.namespace)]) { writer in
      print(daemon, &writer)
      print(security, &writer)
      print(agents, &writer)
      writer.element("listeners") { writer in
        for listener in listeners { print(listener, &writer) }
      }
      print(metadata, &writer)
      writer.element("engines") { writer in
        for engine in engines { print(engine, &writer) }
      }
      print(monitor, &writer)
    }
    writer.comment(lines: limits.table)
    return writer.text
  }

  private func print(_ daemon: Daemon, _ writer: inout MarkupWriter) {
    writer.element("daemon", [("name", daemon.name)]) { writer in
      writer.empty("memory", [("limit", daemon.memoryLimit.sizeText)])
      if daemon.stateDirectory.origin != .written {
        writer.comment("the state directory is \(daemon.stateDirectory.origin.rawValue)")
      }
      writer.empty("state", [("directory", daemon.stateDirectory.path)])
      if let agent = daemon.agent {
        print(agent, &writer)
      } else {
        writer.comment("no <agent>: nothing answers SNMP requests")
      }
      print(daemon.api, &writer)
      print(daemon.informs, daemon.polling, &writer)
      if let sources = daemon.sources { writer.empty("sources", [("limit", sources.sizeText)]) }
      writer.empty("stop", [("drain", daemon.drain.durationText)])
    }
  }

  func print(_ batch: Batch, _ writer: inout MarkupWriter) {
    writer.empty(
      "batch",
      [("size", "\(batch.traps)"), ("max-bytes", batch.octets.sizeText), ("max-wait", batch.maxWait.durationText)])
  }
}

extension Secret {
  /// What stands in an attribute for it; nil where the attribute is left out.
  var reference: String? {
    switch origin {
    case .standard: nil
    case .inline: ConfigurationReader.redacted
    case .file(let path): "file:\(path)"
    case .environment(let name): "env:\(name)"
    }
  }
}

extension Int {
  /// Octets with the largest unit that leaves a whole number.
  var sizeText: String { QuantityUnit.text(UInt64(Swift.max(0, self)), QuantityUnit.sizes) }
}

extension UInt64 {
  /// Nanoseconds with the largest unit that leaves a whole number.
  var durationText: String {
    self == 0 ? "0s" : QuantityUnit.text(self, QuantityUnit.durations)
  }
}
