internal import TrapControl

/// One registration that outlives the daemon, and the token that it was made with, whose filter goes on to hold.
internal struct KeptRegistration: Codable, Sendable, Equatable {
  var token: String?
  var registration: EngineRegistration
}
