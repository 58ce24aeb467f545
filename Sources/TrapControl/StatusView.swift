/// The daemon in one object: `GET /v1/status`.
package struct StatusView: Codable, Sendable, Equatable {
  package var version: String
  package var name: String
  package var boots: UInt64
  package var upSeconds: Double
  /// The whole ledger in one line.
  package var ledger: String
  package var engines: [EngineView] = []
  package var metadata = MetadataView()
  /// nil from a daemon that does not tell.
  package var forgotten: ForgottenView?
  /// Octets in use against `memory limit`.
  package var memoryUsed: UInt64 = 0
  package var memoryLimit: UInt64 = 0
  package var listeners: [ListenerView] = []
  package var causes = CausesView()
  package var queues: [QueueView] = []
  /// Raised ones first, the graver before; at most `thresholdsMax` of the `thresholdCount` that there are.
  package var thresholds: [ThresholdView] = []
  package var thresholdCount = 0
  package var buffer = BufferView()
  /// The sources that sent most of late, the busiest first: at most `busiestMax` of the `sourceCount` that are known.
  package var busiest: [SourceView] = []
  package var sourceCount = 0

  package static let thresholdsMax = 1000
  package static let busiestMax = 10

  package init(version: String, name: String, boots: UInt64, upSeconds: Double, ledger: String) {
    self.version = version
    self.name = name
    self.boots = boots
    self.upSeconds = upSeconds
    self.ledger = ledger
  }
}
