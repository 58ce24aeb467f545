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
    case .discard:
      writer.element("discard", [("name", engine.name)]) { writer in printService(engine, &writer) }
    }
  }

  private func printService(_ engine: Engine, _ writer: inout MarkupWriter) {
    print(engine.batch, &writer)
    writer.empty(
      "throttle",
      [("outstanding", "\(engine.throttle.outstanding)"), ("max-bytes", engine.throttle.octets.sizeText)])
    if engine.queue.limit != nil || engine.queue.reserve != nil {
      writer.empty(
        "queue", [("limit", engine.queue.limit?.sizeText), ("reserve", engine.queue.reserve?.sizeText)])
    }
    writer.empty(
      "retry",
      [
        ("attempts", "\(engine.retry.attempts)"), ("initial", engine.retry.initial.durationText),
        ("max", engine.retry.max.durationText),
      ])
  }
}
