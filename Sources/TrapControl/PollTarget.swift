/// The parts of `PollRequest.agent`, which whoever asks has still to look at: the host need not be an address.
package struct PollTarget: Sendable, Equatable {
  /// Without brackets.
  package let host: String
  package let port: UInt16

  package static let standardPort: UInt16 = 161

  /// nil where the brackets or the port are no such thing.
  package init?(_ text: String) {
    guard !text.isEmpty, text.utf8.count <= 64 else { return nil }
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = String(text[text.index(after: text.startIndex)..<end])
      let rest = text[text.index(after: end)...]
      guard host.contains(":"), let port = PollTarget.port(rest) else { return nil }
      self.port = port
      return
    }
    let colons = text.count { $0 == ":" }
    guard colons == 1, let colon = text.firstIndex(of: ":") else {
      host = text
      port = PollTarget.standardPort
      return
    }
    host = String(text[..<colon])
    guard !host.isEmpty, let port = PollTarget.port(text[colon...]) else { return nil }
    self.port = port
  }

  /// Of `:1161`; 161 of nothing.
  private static func port(_ text: Substring) -> UInt16? {
    if text.isEmpty { return standardPort }
    guard text.first == ":", text.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return UInt16(text.dropFirst()).flatMap { $0 > 0 ? $0 : nil }
  }
}
