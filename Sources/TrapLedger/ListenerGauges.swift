/// The gauges of one listener: counters all of them.
internal final class ListenerGauges: Sendable {
  let arrived: WatchedGauge
  /// Kernel drops included.
  let refused: WatchedGauge
  let kernelDrops: WatchedGauge

  init(_ board: GaugeBoard, _ listener: String) {
    arrived = board.gauge(.listenerArrived, item: listener)
    refused = board.gauge(.listenerRefused, item: listener)
    kernelDrops = board.gauge(.listenerKernelDrops, item: listener)
  }
}
