/// One dead letter on its way back: a line of the body of `POST /v1/engines/{name}/replay`, as `DeadLetter` wrote it.
package struct ReplayLetter: Codable, Sendable, Equatable {
  package var sequence: UInt64?
  /// RFC 3339.
  package var received: String
  package var listener: String
  package var source: String
  package var port: UInt16
  package var attributes: [String: String]?
  /// The device that the trap speaks of; letters of before it was kept have none.
  package var agent: String?
  package var verified: Bool?
  package var decrypted: Bool?
  package var answered: Bool?
  /// The datagram in base64; where `decrypted` is true, with its scoped PDU in plaintext.
  package var raw: String
}
