/// The gauges of one processing engine.
package final class EngineGauges: Sendable {
  /// Octets and traps that it still has to acknowledge, in flight or not; limit: the engine's bound.
  package let lagOctets: WatchedGauge
  package let lagTraps: WatchedGauge
  /// Limit: octets beyond which no further batch goes out.
  package let inFlightOctets: WatchedGauge
  package let inFlightTraps: WatchedGauge
  /// Counters.
  package let missed: WatchedGauge
  package let deadLetters: WatchedGauge

  internal static let names: [GaugeName] = [
    .engineLagBytes, .engineLagTraps, .engineInFlightBytes, .engineInFlightTraps, .engineMissed, .engineDeadLetters,
  ]

  internal init(_ board: GaugeBoard, _ engine: String) {
    lagOctets = board.gauge(.engineLagBytes, item: engine)
    lagTraps = board.gauge(.engineLagTraps, item: engine)
    inFlightOctets = board.gauge(.engineInFlightBytes, item: engine)
    inFlightTraps = board.gauge(.engineInFlightTraps, item: engine)
    missed = board.gauge(.engineMissed, item: engine)
    deadLetters = board.gauge(.engineDeadLetters, item: engine)
  }
}
