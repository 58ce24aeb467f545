extension ConfigurationReader {
  private static let engineKinds = ["file", "program", "discard", "http", "pull", "forward"]

  mutating func readEngines(_ element: MarkupElement?) -> [Configuration.Engine] {
    let elements = element?.children.filter { ConfigurationReader.engineKinds.contains($0.name) } ?? []
    if let element, elements.isEmpty {
      collector.error(
        element, "it holds no processing engine",
        "add a <file>, <program>, <http>, <pull>, <forward> or <discard>")
    }
    checkUnique(elements, kind: "name")
    checkUnique(elements.filter { $0.name == "file" }, "path", kind: "path")
    return elements.map { readEngine($0) }
  }

  private mutating func readEngine(_ element: MarkupElement) -> Configuration.Engine {
    let kind: Configuration.Engine.Kind =
      switch element.name {
      case "file": .file(readFile(element))
      case "program": .program(readProgram(element))
      case "http": .http(readPush(element))
      case "pull": .pull(readPull(element))
      case "forward": .forward(readForward(element))
      default: .discard
      }
    var engine = Configuration.Engine(name: required(element, "name", .name, placeholder: ""), kind: kind)
    readBatch(&engine.batch, element.child("batch"))
    let throttle = element.child("throttle")
    assign(&engine.throttle.outstanding, throttle, "outstanding", .integer(SettingRange.outstanding))
    assign(&engine.throttle.octets, throttle, "max-bytes", .size(SettingRange.outstandingOctets))
    engine.throttle.rate = optional(throttle, "max-rate", .integer(SettingRange.rate))
    let queue = element.child("queue")
    engine.queue.limit = optional(queue, "limit", .size(SettingRange.queueLimit))
    engine.queue.reserve = optional(queue, "reserve", .size(SettingRange.queueReserve))
    assign(&engine.queue.drain, queue, "drain", .duration(SettingRange.drain))
    let subscribe = element.children("subscribe")
    engine.subscribe = subscribe.isEmpty ? nil : subscribe.map { readSelection($0) }
    engine.filter = readFilter(element)
    readRetry(&engine.retry, element.child("retry"))
    for part in ["batch", "throttle", "queue"] {
      lines.note(element.child(part), as: "engine \(engine.name) \(part)")
    }
    lines.note(element, as: "engine \(engine.name)")
    return engine
  }

  private func readRetry(_ retry: inout Configuration.Engine.Retry, _ element: MarkupElement?) {
    let pauses: ClosedRange<UInt64> = 1_000_000...3_600_000_000_000
    assign(&retry.attempts, element, "attempts", .integer(1...1000))
    assign(&retry.initial, element, "initial", .duration(pauses))
    assign(&retry.max, element, "max", .duration(pauses))
    if let element, retry.initial > retry.max && !collector.hasUnreadableQuantity {
      let text = retry.initial.durationText
      collector.error(element, "initial is \(text), longer than max", "lower initial or raise max")
    }
  }

  private func readFile(_ element: MarkupElement) -> Configuration.File {
    var file = Configuration.File(path: required(element, "path", .text, placeholder: "-"))
    assign(&file.format, element, "format", .choice)
    file.rotateSize = optional(element, "rotate-size", .size(64 << 10...1 << 40))
    assign(&file.rotateKeep, element, "rotate-keep", .integer(1...10_000))
    assign(&file.sync, element, "sync", .choice)
    assign(&file.counter64, element, "counter64", .choice)
    file.includesCommunity = optional(element, "community", ValueGrammar<CommunityDisplay>.choice) == .include
    if file.path == "-" && element.attribute("rotate-size") != nil {
      collector.error(element, "standard output cannot be rotated", "remove rotate-size, or write a path")
    }
    if element.attribute("rotate-keep") != nil && element.attribute("rotate-size") == nil {
      collector.error(element, "rotate-keep has no meaning without rotate-size", "add rotate-size, or remove it")
    }
    return file
  }
}
