/// Every element and attribute of a configuration. `Config/trapline.xsd` says the same to editors; a test compares them.
enum Vocabulary {
  static let trapline = ElementRule(
    "trapline",
    children: [.once(daemon), .required(listeners), .required(metadata), .required(engines)],
    planned: ["security", "monitor"])

  static let daemon = ElementRule(
    "daemon", ["name"],
    children: [
      .once(ElementRule("memory", ["limit"])),
      .once(ElementRule("state", ["directory"])),
      .once(ElementRule("agent", ["mode", "address", "community", "oid"])),
      .once(ElementRule("stop", ["drain"])),
    ],
    planned: ["api"])

  static let listeners = ElementRule("listeners", children: [.any(listener)])

  static let listener = ElementRule(
    "listener", ["name", "address", "lanes", "receive-buffer", "metadata", "accept", "v3"],
    children: [.any(ElementRule("community", ["secret"])), .once(batch), .once(ElementRule("queue", ["limit"]))])

  static let metadata = ElementRule(
    "metadata",
    children: [
      .any(rules),
      .once(ElementRule("cache", ["limit", "ttl", "negative-ttl"])),
      .once(ElementRule("requests", ["timeout", "attempts"])),
      .once(ElementRule("holding", ["limit"])),
    ],
    planned: ["http", "sqlite"])

  static let rules = ElementRule("rules", ["name"], children: [.any(route), .once(fallback)])
  static let route = ElementRule(
    "route", ["source", "trap", "version", "community", "pdu", "engines"], children: [.any(attribute)])
  static let fallback = ElementRule("default", ["engines"], children: [.any(attribute)])
  static let attribute = ElementRule("attribute", ["name", "value"])

  static let engines = ElementRule(
    "engines", children: [.any(file), .any(program), .any(discard)], planned: ["http"])
  static let file = ElementRule(
    "file", ["name", "path", "format", "rotate-size", "rotate-keep", "sync", "counter64", "community"],
    children: service)
  static let program = ElementRule(
    "program", ["name", "command", "socket", "style", "attempts", "backoff"],
    children: [.any(ElementRule("argument", holdsText: true))] + service)
  static let discard = ElementRule("discard", ["name"], children: service)

  static let batch = ElementRule("batch", ["size", "max-bytes", "max-wait"])

  /// What every processing engine may hold.
  private static let service: [ElementRule.Child] = [
    .once(batch),
    .once(ElementRule("throttle", ["outstanding", "max-bytes"])),
    .once(ElementRule("queue", ["limit", "reserve"])),
    .once(ElementRule("retry", ["attempts", "initial", "max"])),
  ]
}
