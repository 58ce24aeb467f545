extension Configuration {
  func print(_ engine: Engine, _ writer: inout MarkupWriter) {
    switch engine.kind {
    case .file(let file):
      let attributes: [MarkupWriter.Attribute] = [
        ("name", engine.name), ("path", file.path), ("format", file.format.rawValue),
        ("rotate-size", file.rotateSize?.sizeText), ("rotate-keep", file.rotateSize.map { _ in "\(file.rotateKeep)" }),
        ("sync", file.sync.rawValue), ("counter64", file.counter64.rawValue),
        ("community", file.includesCommunity ? "include" : "omit"),
      ]
      writer.element("file", attributes) { writer in printService(engine, &writer) }
    case .program(let program):
      var socket: String?
      if case .socket(let path) = program.launch { socket = path }
      let attributes: [MarkupWriter.Attribute] = [
        ("name", engine.name), ("socket", socket), ("style", program.style.rawValue),
        ("attempts", "\(program.attempts)"),
        ("backoff", program.backoff.durationText),
      ]
      writer.element("program", attributes) { writer in
        if case .command(let words) = program.launch {
          for word in words { writer.text("argument", word) }
        }
        printService(engine, &writer)
      }
    case .http(let push):
      let attributes = [("name", engine.name)] + attributes(push.target) + attributes(push.style)
      writer.element("http", attributes) { writer in
        printHeaders(push.target, &writer)
        printService(engine, &writer)
      }
    case .pull(let pull):
      let attributes = [("name", engine.name), ("ack-timeout", pull.ackTimeout.durationText)] + attributes(pull.style)
      writer.element("pull", attributes) { writer in printService(engine, &writer) }
    case .forward(let forward):
      writer.element("forward", [("name", engine.name)] + attributes(forward)) { writer in
        printService(engine, &writer)
      }
    case .discard:
      writer.element("discard", [("name", engine.name)]) { writer in printService(engine, &writer) }
    }
  }

  private func attributes(_ style: RecordStyle) -> [MarkupWriter.Attribute] {
    [
      ("format", style.format.rawValue), ("counter64", style.counter64.rawValue),
      ("community", style.includesCommunity ? "include" : "omit"),
    ]
  }

  private func attributes(_ forward: Forward) -> [MarkupWriter.Attribute] {
    [
      ("address", "\(forward.address)"), ("version", forward.version.rawValue), ("pdu", forward.pdu.rawValue),
      ("community", forward.community?.reference), ("user", forward.user), ("level", forward.level?.rawValue),
      ("context", forward.context), ("timeout", forward.sendsOnlyTraps ? nil : forward.timeout.durationText),
      ("retries", forward.sendsOnlyTraps ? nil : "\(forward.retries)"),
    ]
  }

  private func printService(_ engine: Engine, _ writer: inout MarkupWriter) {
    print(engine.batch, &writer)
    writer.empty(
      "throttle",
      [
        ("outstanding", "\(engine.throttle.outstanding)"), ("max-bytes", engine.throttle.octets.sizeText),
        ("max-rate", engine.throttle.rate.map { "\($0)" }),
      ])
    writer.empty(
      "queue",
      [
        ("limit", engine.queue.limit?.sizeText), ("reserve", engine.queue.reserve?.sizeText),
        ("drain", engine.queue.drain.durationText),
      ])
    writer.empty(
      "retry",
      [
        ("attempts", "\(engine.retry.attempts)"), ("initial", engine.retry.initial.durationText),
        ("max", engine.retry.max.durationText),
      ])
    for selection in engine.subscribe ?? [] { print("subscribe", selection, &writer) }
    for selection in engine.filter { print("filter", selection, &writer) }
  }
}
