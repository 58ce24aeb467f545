extension ConfigurationReader {
  func readPush(_ element: MarkupElement) -> Configuration.HTTPPush {
    var push = Configuration.HTTPPush(
      target: readTarget(element, timeout: 30_000_000_000, connectTimeout: 5_000_000_000))
    push.style = readStyle(element)
    if push.style.format == .raw { refuseContentType(element) }
    return push
  }

  func readPull(_ element: MarkupElement) -> Configuration.Pull {
    var pull = Configuration.Pull()
    pull.style = readStyle(element)
    assign(&pull.ackTimeout, element, "ack-timeout", .duration(SettingRange.ackTimeout))
    if !hasAPI {
      collector.error(
        element, "without an <api> nobody can fetch from it", "add <api address=\"127.0.0.1:1180\"/> to <daemon>")
    }
    return pull
  }

  private func readStyle(_ element: MarkupElement) -> Configuration.RecordStyle {
    var style = Configuration.RecordStyle()
    assign(&style.format, element, "format", .choice)
    assign(&style.counter64, element, "counter64", .choice)
    style.includesCommunity = optional(element, "community", ValueGrammar<CommunityDisplay>.choice) == .include
    return style
  }
}
