/// One agent, and what it is asked for: an element of `requests` in the body of `POST /v1/poll`.
package struct PollRequest: Codable, Sendable, Equatable {
  /// `192.0.2.7`, `192.0.2.7:1161`, `2001:db8::7`, `[2001:db8::7]:1161`: an address, no name; port 161 where it has none.
  package var agent: String
  /// Default: get.
  package var operation: PollOperation?
  /// Dotted numbers, with or without a dot before them.
  package var oids: [String]
  /// Of getbulk, 0...the number of OIDs. Default 0.
  package var nonRepeaters: Int?
  /// Of getbulk and walk. Default 10 and 25.
  package var maxRepetitions: Int?
  /// By its name in the configuration's `<security>`. Without: what metadata says of the agent.
  package var credentials: String?
  /// Of each attempt, with its unit: `2s`, `500ms`. Default: the configuration's.
  package var timeout: String?
  /// Attempts after the first. Default: the configuration's.
  package var retries: Int?
  /// Varbinds of a walk at most. Default 10000.
  package var limit: Int?

  package init(agent: String, operation: PollOperation? = nil, oids: [String]) {
    self.agent = agent
    self.operation = operation
    self.oids = oids
  }
}
