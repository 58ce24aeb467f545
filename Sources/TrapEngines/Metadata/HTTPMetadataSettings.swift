package import TrapHTTP

/// Where a metadata service is and how it is talked to. Times in nanoseconds.
package struct HTTPMetadataSettings: Sendable {
  /// As the configuration calls the source.
  package var name: String
  /// `http://` or `https://`.
  package var url: String
  /// Sent as `Authorization: Bearer`; never logged.
  package var token: String?
  /// Further headers of every request.
  package var headers: [(name: String, value: String)] = []
  /// To the last octet of an answer.
  package var timeout: UInt64 = 5_000_000_000
  package var connectTimeout: UInt64 = 2_000_000_000
  package var tls = HTTPClientTLS()
  /// The path of a Unix socket to connect to in place of the URL's host.
  package var unixSocket: String?
  /// Octets of an answer; a longer one is a failure.
  package var responseMax = 4 << 20

  package init(name: String, url: String) {
    self.name = name
    self.url = url
  }
}
