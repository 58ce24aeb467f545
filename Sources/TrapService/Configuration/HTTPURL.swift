internal import TrapBatching

/// An `http` or `https` URL (RFC 9110 §4.2) with a host, and without user information or fragment.
package struct HTTPURL: Hashable, Sendable {
  /// As written.
  package let text: String
  package let isEncrypted: Bool
  /// Without brackets, in lower case.
  package let host: String
  /// nil where the URL leaves it to its scheme.
  package let port: UInt16?

  /// True for a loopback address and for `localhost` (RFC 6761 §6.3).
  package var isLoopback: Bool {
    host == "localhost" || host.hasSuffix(".localhost") || SourceAddress(host)?.isLoopback == true
  }
}

extension HTTPURL: CustomStringConvertible {
  package var description: String { text }
}
