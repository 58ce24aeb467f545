/// What came of one request.
package struct PollAnswer: Codable, Sendable, Equatable {
  package enum Status: String, Codable, Sendable {
    case okay
    /// `error` says which, and `varbinds` has what came before it.
    case error
    /// The agent did not answer the last message; `varbinds` has what came before it.
    case timeout
  }

  /// As in the request.
  package var agent: String
  package var status: Status
  package var varbinds: [PollVarbind]
  /// An error-status by its name (RFC 3416 §3: `noSuchName`, `genErr`), or what is wrong and the remedy.
  package var error: String?
  /// Which varbind of the message the error-status is about, from 1.
  package var errorIndex: Int?
  /// True where there is more below the OIDs of a walk than its limit; absent otherwise.
  package var truncated: Bool?

  package init(agent: String, status: Status, varbinds: [PollVarbind] = [], error: String? = nil) {
    self.agent = agent
    self.status = status
    self.varbinds = varbinds
    self.error = error
  }
}
