extension ConfigurationReader {
  private static let longest: UInt64 = 7 * 24 * 3_600_000_000_000

  mutating func readCache(_ cache: inout Configuration.Metadata.Cache, _ element: MarkupElement?) {
    lines.note(element, as: "cache")
    cache.limit = optional(element, "limit", .size(64 << 10...1 << 40))
    assign(&cache.ttl, element, "ttl", .duration(1_000_000_000...ConfigurationReader.longest))
    assign(&cache.negativeTTL, element, "negative-ttl", .duration(0...ConfigurationReader.longest))
    cache.refreshAhead = min(cache.refreshAhead, cache.ttl / 4)
    assign(&cache.refreshAhead, element, "refresh-ahead", .duration(0...ConfigurationReader.longest))
    assign(&cache.staleFor, element, "stale-for", .duration(0...ConfigurationReader.longest))
    if let element, cache.refreshAhead >= cache.ttl && !collector.hasUnreadableQuantity {
      collector.error(
        element, "refresh-ahead \(cache.refreshAhead.durationText) is not shorter than ttl \(cache.ttl.durationText)",
        "lower refresh-ahead or raise ttl")
    }
  }

  mutating func readRequests(_ requests: inout Configuration.Metadata.Requests, _ element: MarkupElement?) {
    lines.note(element, as: "requests")
    assign(&requests.timeout, element, "timeout", .duration(1_000_000...60_000_000_000))
    assign(&requests.attempts, element, "attempts", .integer(1...100))
    assign(&requests.backoff, element, "backoff", .duration(1_000_000...60_000_000_000))
    assign(&requests.keys, element, "keys", .integer(1...10_000))
    assign(&requests.maxWait, element, "max-wait", .duration(0...1_000_000_000))
    assign(&requests.outstanding, element, "outstanding", .integer(1...64))
  }

  mutating func readService(
    _ element: MarkupElement, _ requests: Configuration.Metadata.Requests
  ) -> Configuration.MetadataService {
    // The desk asks again after its own timeout, so a longer one of the connection's would have both under way.
    let target = readTarget(
      element, timeout: min(2_000_000_000, requests.timeout), connectTimeout: 1_000_000_000)
    refuseContentType(element)
    var service = Configuration.MetadataService(
      name: required(element, "name", .name, placeholder: ""), target: target)
    assign(&service.responseMax, element, "response-limit", .size(4 << 10...256 << 20))
    if target.timeout > requests.timeout && !collector.hasUnreadableQuantity {
      collector.warning(
        element,
        "timeout \(target.timeout.durationText) is longer than requests timeout \(requests.timeout.durationText), "
          + "after which it is asked again", "lower timeout, or raise the one of <requests>")
    }
    return service
  }

  func readInventory(_ element: MarkupElement) -> Configuration.Inventory {
    Configuration.Inventory(
      name: required(element, "name", .name, placeholder: ""),
      path: required(element, "path", .absolutePath, placeholder: "/"))
  }
}
