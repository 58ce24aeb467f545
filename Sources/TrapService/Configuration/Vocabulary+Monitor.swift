extension Vocabulary {
  static let monitor = ElementRule(
    "monitor", ["defaults"], children: [.any(manager), .any(monitorProgram), .any(gauge)])

  static let manager = ElementRule(
    "manager", ["name", "address", "version", "pdu", "community", "user", "level", "timeout", "retries"])
  static let monitorProgram = ElementRule(
    "program", ["name", "command", "timeout"], children: [.any(ElementRule("argument", holdsText: true))])

  static let gauge = ElementRule("gauge", ["name", "item"], children: [.any(statistic)])
  static let statistic = ElementRule(
    "statistic", ["type", "period", "drain", "capacity"], children: [.any(threshold)])
  static let threshold = ElementRule(
    "threshold", ["type", "value", "clear", "severity", "hold", "min-interval", "startup", "action"])
}
