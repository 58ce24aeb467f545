/// Every element and attribute of a configuration. `Config/trapline.xsd` says the same to editors; a test compares them.
enum Vocabulary {
  static let trapline = ElementRule(
    "trapline",
    children: [
      .once(daemon), .once(security), .once(agents), .required(listeners), .required(metadata), .required(engines),
      .once(monitor),
    ])

  static let daemon = ElementRule(
    "daemon", ["name"],
    children: [
      .once(ElementRule("memory", ["limit"])),
      .once(ElementRule("state", ["directory"])),
      .once(agent),
      .once(api),
      .once(ElementRule("informs", ["high-water", "repeats", "repeat-window"])),
      .once(ElementRule("polling", ["outstanding", "timeout", "retries"])),
      .once(ElementRule("sources", ["limit"])),
      .once(ElementRule("stop", ["drain"])),
    ])

  static let agent = ElementRule(
    "agent", ["mode", "address", "community", "oid"],
    children: [
      .any(ElementRule("community", ["secret", "source", "view"])),
      .any(ElementRule("user", ["name", "access", "minimum-level", "view"])),
      .once(ElementRule("log", ["entries", "limit", "age", "name", "encrypted"])),
    ])

  static let api = ElementRule("api", ["address", "connections", "registrations"], children: [.any(token)])
  static let token = ElementRule("token", ["name", "secret", "engines", "admin"], children: [.any(filter)])

  static let subscribe = ElementRule("subscribe", selection)
  static let filter = ElementRule("filter", selection)
  private static let selection = ["source", "trap", "version", "listener", "pdu"]

  static let security = ElementRule(
    "security", ["engines", "keys", "repeats"],
    children: [.any(user), .any(ElementRule("community", ["name", "secret", "version"])), .once(tls)])
  static let user = ElementRule(
    "user",
    [
      "name", "credentials", "auth", "auth-secret", "priv", "priv-secret", "secret-form", "engine-id",
      "minimum-level", "time-window",
    ])
  static let tls = ElementRule(
    "tls", ["certificate", "key", "authorities", "versions"],
    children: [.any(ElementRule("peer", ["fingerprint", "security-name", "from"]))])
  static let agents = ElementRule(
    "agents",
    children: [.any(ElementRule("relay", ["source"])), .any(ElementRule("nat", ["source", "agent"]))])

  static let listeners = ElementRule("listeners", children: [.any(listener)])

  static let listener = ElementRule(
    "listener",
    [
      "name", "address", "lanes", "receive-buffer", "connections", "connections-per-source", "idle", "metadata", "key",
      "accept", "v3", "minimum-level", "reports", "informs",
    ],
    children: [
      .any(ElementRule("allow", ["source"])), .any(ElementRule("deny", ["source"])),
      .any(ElementRule("community", ["secret"])), .once(batch), .once(ElementRule("queue", ["limit"])),
    ])

  static let metadata = ElementRule(
    "metadata",
    children: [
      .any(rules),
      .any(
        ElementRule("http", ["name", "url"] + connection + ["response-limit"], children: [.any(header)])),
      .any(ElementRule("sqlite", ["name", "path"])),
      .once(ElementRule("cache", ["limit", "ttl", "negative-ttl", "refresh-ahead", "stale-for"])),
      .once(ElementRule("requests", ["timeout", "attempts", "backoff", "keys", "max-wait", "outstanding"])),
      .once(ElementRule("holding", ["limit"])),
      .once(ElementRule("unanswered", ["engines"], children: [.any(attribute)])),
    ])

  /// What `<http>` has in common, whoever sends the request.
  private static let connection = ["timeout", "connect-timeout", "token", "ca", "certificate", "key"]
  static let header = ElementRule("header", ["name", "value", "secret"])

  static let rules = ElementRule("rules", ["name"], children: [.any(route), .once(fallback)])
  static let route = ElementRule(
    "route",
    ["source", "trap", "version", "community", "pdu", "credentials", "minimum-level", "engines"],
    children: [.any(attribute)])
  static let fallback = ElementRule("default", ["engines"], children: [.any(attribute)])
  static let attribute = ElementRule("attribute", ["name", "value"])

  static let engines = ElementRule(
    "engines", children: [.any(file), .any(program), .any(discard), .any(http), .any(pull), .any(forward)])
  static let file = ElementRule(
    "file", ["name", "path", "format", "rotate-size", "rotate-keep", "sync", "counter64", "community"],
    children: service)
  static let program = ElementRule(
    "program", ["name", "command", "socket", "style", "attempts", "backoff"],
    children: [.any(ElementRule("argument", holdsText: true))] + service)
  static let http = ElementRule(
    "http", ["name", "url", "format"] + connection + ["counter64", "community"], children: [.any(header)] + service)
  static let pull = ElementRule(
    "pull", ["name", "format", "ack-timeout", "counter64", "community"], children: service)
  static let forward = ElementRule(
    "forward",
    ["name", "address", "version", "pdu", "community", "user", "level", "context", "timeout", "retries"],
    children: service)
  static let discard = ElementRule("discard", ["name"], children: service)

  static let batch = ElementRule("batch", ["size", "max-bytes", "max-wait"])

  /// What every processing engine may hold.
  private static let service: [ElementRule.Child] = [
    .once(batch),
    .once(ElementRule("throttle", ["outstanding", "max-bytes", "max-rate"])),
    .once(ElementRule("queue", ["limit", "reserve", "drain"])),
    .once(ElementRule("retry", ["attempts", "initial", "max"])),
    .any(subscribe),
    .any(filter),
  ]
}
