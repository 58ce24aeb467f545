/// Every way in which a trap can leave Trapline without being delivered: one name each, in this one enum.
///
/// The raw value is the cause's cell in the ledger file and the last arc of its counter in `TRAPLINE-MIB`
/// (`traplineCause` subtree), so a number is never reused. `Documentation/Ledger.md` says when each is counted.
package enum Cause: Int, CaseIterable, Sendable {
  // Refused: the trap was never accepted. 1...31
  case kernelDrop = 1
  case truncated = 2
  case malformed = 3
  case unsupportedVersion = 4
  case notANotification = 5
  case community = 6
  case v3Unsupported = 7
  case batchBound = 8
  case refusedCrash = 9
  case unknownUser = 10
  case unsupportedLevel = 11
  case wrongDigest = 12
  case notInTimeWindow = 13
  case decryptionError = 14
  case unknownEngineID = 15
  case minimumLevel = 16
  case repeated = 17
  case sourceDenied = 18
  case discoveryLimit = 19
  case informHighWater = 20
  case informPending = 21

  // Unrouted: accepted, but placed in no engine's queue. 32...63
  case noRoute = 32
  case metadataRefused = 33
  case holdTimeout = 34
  case holdBound = 35
  case unroutedStopped = 36
  case unroutedCrash = 37
  case noEngine = 38

  // Missed: routed to an engine that did not get it. 64...95
  case bound = 64
  case deadLetter = 65
  case engineRemoved = 66
  case missedStopped = 67
  case missedCrash = 68

  /// The term of the law that this cause belongs to.
  package enum Tier: String, Sendable { case refused, unrouted, missed }

  package var tier: Tier {
    switch rawValue {
    case ..<32: .refused
    case ..<64: .unrouted
    default: .missed
    }
  }

  /// The name that logs, JSON and `trapline status` print; unique within its tier.
  package var name: String {
    switch self {
    case .kernelDrop: "kernel-drop"
    case .truncated: "truncated"
    case .malformed: "malformed"
    case .unsupportedVersion: "unsupported-version"
    case .notANotification: "not-a-notification"
    case .community: "community"
    case .v3Unsupported: "v3-unsupported"
    case .batchBound: "batch-bound"
    case .unknownUser: "unknown-user"
    case .unsupportedLevel: "unsupported-level"
    case .wrongDigest: "wrong-digest"
    case .notInTimeWindow: "not-in-time-window"
    case .decryptionError: "decryption-error"
    case .unknownEngineID: "unknown-engine-id"
    case .minimumLevel: "minimum-level"
    case .repeated: "repeat"
    case .sourceDenied: "source-denied"
    case .discoveryLimit: "discovery-limit"
    case .informHighWater: "inform-high-water"
    case .informPending: "inform-pending"
    case .noRoute: "no-route"
    case .metadataRefused: "metadata-refused"
    case .holdTimeout: "hold-timeout"
    case .holdBound: "hold-bound"
    case .noEngine: "no-engine"
    case .bound: "bound"
    case .deadLetter: "dead-letter"
    case .engineRemoved: "engine-removed"
    case .unroutedStopped, .missedStopped: "stopped"
    case .refusedCrash, .unroutedCrash, .missedCrash: "crash"
    }
  }

  package static func causes(of tier: Tier) -> [Cause] { allCases.filter { $0.tier == tier } }
}
