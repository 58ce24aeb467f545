/// A snapshot as `GET /metrics` shows it: every family in the same order each time, listeners, engines and thresholds in
/// the order in which they came to be.
///
/// No line is about a single source unless some were asked for: a collector keeps a time series for each line that it
/// ever saw, and there may be a million sources.
package struct MetricsPage {
  let snapshot: StatisticsSnapshot
  /// nil: nobody keeps a table of sources.
  let table: SourceCounts?
  /// The sources to show one by one.
  let busiest: [SourceRow]

  /// What is known of the table of sources as a whole.
  package struct SourceCounts: Sendable {
    let count: Int
    let forgotten: UInt64

    package init(count: Int, forgotten: UInt64) {
      self.count = count
      self.forgotten = forgotten
    }
  }

  package init(_ snapshot: StatisticsSnapshot, table: SourceCounts? = nil, busiest: [SourceRow] = []) {
    self.snapshot = snapshot
    self.table = table
    self.busiest = busiest
  }

  package var families: [Metric] {
    daemon + listeners + classification + engines + engineConditions + places + metadata + thresholds + buffer
      + sources
  }

  /// UTF-8.
  package var text: [UInt8] {
    var text: [UInt8] = []
    for family in families { family.append(to: &text) }
    return text
  }

  private var daemon: [Metric] {
    var build = Metric(.gauge, "build_info", "The version that runs; always 1.")
    build.add(.count(1), ("version", snapshot.version))
    return [
      build,
      Metric(.gauge, "boots", "Which start of the daemon this is, by its state directory.", .count(snapshot.boots)),
      Metric(
        .gauge, "start_time_seconds", "When the daemon started, in seconds since 1970.",
        .nanoseconds(snapshot.started)),
      Metric(.gauge, "uptime_seconds", "Since the daemon started.", .nanoseconds(snapshot.upTime)),
    ]
  }
}
