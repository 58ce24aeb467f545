internal import TrapLedger

/// Where a watch stands: its gauge, and what it has of the monitor.
internal struct WatchPlace {
  let gauge: WatchedGauge
  let surroundings: MonitorSurroundings
}
