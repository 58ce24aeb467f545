extension ConfigurationReader {
  /// What `--print-config` writes in place of a secret that stands in the file itself.
  static let redacted = "redacted:"

  /// `file:PATH`, `env:NAME`, or the secret itself. Nil after an error, which never quotes the secret.
  ///
  /// - Parameter octets: how long it may be. RFC 3584 §5.2.1 gives communities no bound but the datagram's; the
  ///   snmpCommunityName of agents in the field stays below 256.
  func readSecret(_ element: MarkupElement, _ attribute: String, octets: ClosedRange<Int> = 1...255) -> Secret? {
    guard let text = element.attribute(attribute) else {
      collector.error(element, "the attribute \(attribute) is missing", "add \(attribute)=\"file:…\"")
      return nil
    }
    let secret: Secret?
    if text.hasPrefix("file:") {
      secret = readSecretFile(element, attribute, path: String(text.dropFirst(5)))
    } else if text.hasPrefix("env:") {
      secret = readSecretVariable(element, attribute, name: String(text.dropFirst(4)))
    } else if text.hasPrefix(ConfigurationReader.redacted) {
      collector.error(
        element, "\(attribute) is the blank that a printed configuration has for a secret",
        "write the secret, or better file:PATH or env:NAME")
      return nil
    } else {
      secret = Secret(Array(text.utf8), origin: .inline)
    }
    guard let secret else { return nil }
    guard octets ~= secret.octets.count else {
      collector.error(
        element, "the secret of \(attribute) has \(secret.octets.count) octets",
        "use \(octets.lowerBound) to \(octets.upperBound)")
      return nil
    }
    return secret
  }

  private func readSecretFile(_ element: MarkupElement, _ attribute: String, path: String) -> Secret? {
    let resolved = path.hasPrefix("/") ? path : directory + "/" + path
    do throws(OctetFileError) {
      let content = try surroundings.file(resolved)
      warnOfMode(element, "\(attribute) file", path, content.mode)
      let octets = content.octets.last == UInt8(ascii: "\n") ? content.octets.dropLast() : content.octets[...]
      return Secret(Array(octets), origin: .file(path))
    } catch {
      collector.error(
        element, "\(attribute) file \(path) cannot be read: \(error.reason)", "make it readable to the daemon's user")
      return nil
    }
  }

  /// Others may read it, or write it.
  func warnOfMode(_ element: MarkupElement, _ what: String, _ path: String, _ mode: UInt32) {
    guard mode & ~0o640 != 0 else { return }
    let text = String(mode, radix: 8)
    collector.warning(element, "\(what) \(path) has mode \(text), wider than 640", "chmod 640 \(path)")
  }

  private func readSecretVariable(_ element: MarkupElement, _ attribute: String, name: String) -> Secret? {
    guard let value = surroundings.variable(name) else {
      collector.error(element, "\(attribute) variable \(name) is not set", "set it in the daemon's environment")
      return nil
    }
    return Secret(Array(value.utf8), origin: .environment(name))
  }
}
