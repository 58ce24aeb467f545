internal import SNMPWire
internal import TrapBatching
internal import TrapSecurity

/// One element of `answers`, read and within its bounds, not yet brought together with the keys that were asked.
internal struct HTTPMetadataItem {
  /// One element of `routes`.
  struct Step {
    var trap: ObjectIdentifier?
    var versions: [SNMPVersion] = []
    var pdus: [NotificationKind] = []
    var community: [UInt8]?
    /// Empty: what matches goes nowhere.
    var engines: [String] = []
    /// Names, each once.
    var attributes: [String: String] = [:]
  }

  static let routesMax = 256
  static let attributesMax = 64
  /// The most that a process has.
  static let enginesMax = 256
  /// Octets of a name or value.
  static let textMax = 255
  /// Nanoseconds; what is longer is taken as this.
  static let timeToLiveMax: UInt64 = 7 * 86400 * 1_000_000_000

  var source: SourceAddress?
  var listener: String?
  var engineID: [UInt8]?
  var user: [UInt8]?
  var timeToLive: UInt64?
  var isRefused = false
  /// nil: the member was left out.
  var steps: [Step]?
  var attributes: [String: String] = [:]
  /// Their name, where there is one.
  var credentials: String?
  /// Themselves, where the service states them.
  var stated: StatedCredentials?
  /// The device that the key's engine is.
  var agent: SourceAddress?
  /// msgFlags & 3.
  var level: UInt8?
}
