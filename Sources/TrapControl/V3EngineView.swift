/// An SNMPv3 engine that has sent an authenticated message, as `GET /v1/v3/engines` shows it.
package struct V3EngineView: Codable, Sendable, Equatable {
  /// In hexadecimal.
  package var engineID: String
  package var boots: Int
  /// snmpEngineTime now, by what it said last: seconds.
  package var time: Int
  /// When it was last heard, as in a trap's `received`; absent where that was before the daemon's start.
  package var lastHeard: String?
  /// Users whose keys for this engine are kept; absent where nobody counts them.
  package var users: Int?

  package init(engineID: String, boots: Int, time: Int) {
    self.engineID = engineID
    self.boots = boots
    self.time = time
  }
}
