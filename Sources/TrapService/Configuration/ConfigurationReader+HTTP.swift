extension ConfigurationReader {
  /// The longest bearer token, in octets: servers' bound on a header field is 8 KiB in the field.
  static let bearerOctets = 4096

  /// What `<http>` says of its connection. nil after an error that leaves no URL.
  func readTarget(_ element: MarkupElement, timeout: UInt64, connectTimeout: UInt64) -> Configuration.HTTPTarget {
    let nowhere = HTTPURL(text: "", isEncrypted: true, host: "", port: nil)
    var target = Configuration.HTTPTarget(
      url: required(element, "url", .httpURL, placeholder: nowhere), timeout: timeout, connectTimeout: connectTimeout)
    assign(&target.timeout, element, "timeout", .duration(1_000_000...3_600_000_000_000))
    target.connectTimeout = min(connectTimeout, target.timeout)
    assign(&target.connectTimeout, element, "connect-timeout", .duration(1_000_000...3_600_000_000_000))
    if target.connectTimeout > target.timeout && !collector.hasUnreadableQuantity {
      let text = target.connectTimeout.durationText
      collector.error(
        element, "connect-timeout is \(text), longer than timeout \(target.timeout.durationText)",
        "lower connect-timeout or raise timeout")
    }
    if element.attribute("token") != nil {
      target.token = readBearer(element, "token", octets: 1...ConfigurationReader.bearerOctets)
    }
    target.caFile = optional(element, "ca", .absolutePath)
    target.certificateFile = optional(element, "certificate", .absolutePath)
    target.keyFile = optional(element, "key", .absolutePath)
    if let key = target.keyFile, let mode = surroundings.mode(key) { warnOfMode(element, "key", key, mode) }
    if target.url != nowhere { checkTransport(element, target) }
    target.headers = element.children("header").compactMap { readHeader($0, of: element) }
    return target
  }

  /// A receiver of traps may know NDJSON by another name only. What else is sent has one name.
  func refuseContentType(_ element: MarkupElement) {
    for child in element.children("header") where child.attribute("name")?.lowercased() == "content-type" {
      collector.error(
        child, "name=\"Content-Type\" is a header field that Trapline sets itself",
        "remove it; an engine of format=\"json\" may have one")
    }
  }

  private func checkTransport(_ element: MarkupElement, _ target: Configuration.HTTPTarget) {
    let written = ["ca", "certificate", "key"].filter { element.attribute($0) != nil }
    if let first = written.first, !target.url.isEncrypted {
      collector.error(element, "\(first) is of no use with an http URL", "write an https URL, or remove \(first)")
    }
    if written.contains("certificate") != written.contains("key") {
      let missing = written.contains("key") ? "certificate" : "key"
      collector.error(element, "a client certificate needs its key and a key its certificate", "add \(missing)")
    }
    let holdsSecret = target.token != nil || element.children("header").contains { $0.attribute("secret") != nil }
    if holdsSecret && !target.url.isEncrypted && !target.url.isLoopback {
      collector.warning(
        element, "a secret goes to \(target.url.host) in clear text", "write an https URL, or a loopback address")
    }
  }

  /// A secret that stands in an `Authorization` field (RFC 6750 §2.1).
  func readBearer(_ element: MarkupElement, _ attribute: String, octets: ClosedRange<Int>) -> Secret? {
    guard let secret = readSecret(element, attribute, octets: octets) else { return nil }
    guard secret.octets.allSatisfy({ 0x21...0x7e ~= $0 }) else {
      collector.error(
        element, "the secret of \(attribute) holds white space, control characters or letters beyond ASCII",
        "use one line of printable ASCII without spaces")
      return nil
    }
    return secret
  }

  private func readHeader(_ element: MarkupElement, of parent: MarkupElement) -> Configuration.HTTPTarget.Header? {
    let name = required(element, "name", .fieldName, placeholder: "")
    if name.lowercased() == "authorization" && parent.attribute("token") != nil {
      collector.error(element, "token already says what stands in Authorization", "keep one of the two")
    }
    if element.attribute("secret") != nil {
      if element.attribute("value") != nil {
        collector.error(element, "value and secret both say what stands in \(name)", "keep one of the two")
      }
      guard let secret = readSecret(element, "secret", octets: 1...ConfigurationReader.bearerOctets) else { return nil }
      let value = String(decoding: secret.octets, as: UTF8.self)
      guard ValueGrammar<String>.isFieldValue(value) else {
        collector.error(element, "the secret holds control characters", "use one line of text")
        return nil
      }
      return .init(name: name, value: value, secret: secret)
    }
    if name.lowercased() == "authorization" {
      collector.warning(
        element, "\(name) stands in the file itself, and is printed with it",
        "write secret=\"file:…\" in place of value")
    }
    return .init(name: name, value: required(element, "value", .fieldValue, placeholder: ""))
  }
}
