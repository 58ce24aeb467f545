/// What is known of a source, and where a trap of it goes and why: `GET /v1/explain`.
package struct Explanation: Codable, Sendable, Equatable {
  package struct Question: Codable, Sendable, Equatable {
    package var source: String
    /// nil: any trap.
    package var trap: String?
    /// nil: every listener.
    package var listener: String?
    /// `1`, `2c`, `3`; default 2c.
    package var version: String?
    package init(source: String) { self.source = source }
  }

  package struct Route: Codable, Sendable, Equatable {
    package var trap: String?
    package var version: [String] = []
    package var pdu: [String] = []
    /// A route with a community asks for one, and never says which.
    package var hasCommunity = false
    package var engines: [String] = []
    package var attributes: [String: String] = [:]
    package init() {}
  }

  package struct Entry: Codable, Sendable, Equatable {
    package var listener: String
    /// The metadata source that serves the listener.
    package var metadata: String
    /// SNMPv3 only: engine ID in hexadecimal, and user.
    package var engineID: String?
    package var user: String?
    /// `fresh`, `stale`, `refused`, `unanswered`, `asking`, `unknown`.
    package var state: String
    /// Metadata has said nothing yet; `engines` are then those that subscribe.
    package var isUndecided = false
    package var expiresSeconds: Double?
    package var heldTraps = 0
    package var requestID: String?
    package var routes: [Route] = []
    package var credentials: String?
    package var level: String?
    /// Which of `routes` takes the trap; nil where none does.
    package var decidedBy: Int?
    /// Engines that get the trap in the end, and what goes with it.
    package var engines: [String] = []
    package var attributes: [String: String] = [:]
    /// The reasons, a sentence each, in the order in which they were found.
    package var because: [String] = []
    package init(listener: String, metadata: String, state: String) {
      self.listener = listener
      self.metadata = metadata
      self.state = state
    }
  }

  package var question: Question
  package var entries: [Entry] = []
  package init(question: Question) { self.question = question }
}
