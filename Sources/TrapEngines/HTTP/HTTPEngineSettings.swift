package import TrapHTTP

/// What the configuration says of an `http` engine. Durations in nanoseconds.
package struct HTTPEngineSettings: Sendable {
  package var name: String
  /// `http://` or `https://`.
  package var url: String
  package var format = RecordFormat.json
  package var json = JSONOptions()
  /// Sent with every batch, behind our own.
  package var headers: [(name: String, value: String)] = []
  /// `Authorization: Bearer TOKEN`. A secret.
  package var token: String?
  /// From the hand-over of a batch to the last octet of the answer.
  package var timeout: UInt64 = 30_000_000_000
  /// To a connection, TLS included.
  package var connectTimeout: UInt64 = 5_000_000_000
  package var tls = HTTPClientTLS()
  /// A Unix socket's path, which stands in for the URL's host.
  package var unixSocket: String?

  package init(name: String, url: String) {
    self.name = name
    self.url = url
  }
}
