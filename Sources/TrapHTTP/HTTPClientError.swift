/// Why a client cannot start.
package struct HTTPClientError: Error, Equatable, CustomStringConvertible {
  package let client: String
  package let reason: String

  package var description: String { "HTTP client \(client): \(reason)" }
}
