/// One HTTP request of ours.
package struct HTTPRequest: Sendable {
  package var method = "GET"
  /// `http://` or `https://`.
  package var url: String
  package var headers: [(name: String, value: String)] = []
  package var body: [UInt8] = []
  /// Nanoseconds, from the start to the last octet of the answer.
  package var timeout: UInt64 = 30_000_000_000
  /// Nanoseconds, to a connection, TLS included.
  package var connectTimeout: UInt64 = 5_000_000_000
  /// Octets of body that are read of an answer; a longer answer is a failure.
  package var responseMax = 1 << 20
  /// A longer answer is read to its end, and what exceeds `responseMax` is dropped.
  package var dropsResponseRest = false
  /// The path of a Unix socket to connect to in place of the URL's host.
  package var unixSocket: String?

  package init(_ url: String) { self.url = url }
}
