internal import TrapObservation

/// The page of `GET /metrics`: however many collectors ask, and however often, a snapshot is taken and written down ten
/// times a second at most, by one of them at a time; the others get the same page.
internal actor MetricsPages {
  /// Nanoseconds for which a page is good.
  static let age: UInt64 = 100_000_000

  private let snapshots: SnapshotSource
  private let sources: (any SourceRows)?
  private let clock: @Sendable () -> UInt64
  private var page: [UInt8] = []
  private var busiest = -1
  private var made: UInt64 = 0

  /// `clock`: monotonic nanoseconds.
  init(_ snapshots: @escaping SnapshotSource, sources: (any SourceRows)?, clock: @escaping @Sendable () -> UInt64) {
    self.snapshots = snapshots
    self.sources = sources
    self.clock = clock
  }

  /// With a row for each of the `count` busiest sources.
  func page(busiest count: Int) -> [UInt8] {
    let now = clock()
    if busiest == count, now &- made < MetricsPages.age { return page }
    sources?.drain(nanoseconds: DaemonControl.drainTime)
    let table = sources.map { MetricsPage.SourceCounts(count: $0.count, forgotten: $0.forgotten) }
    let rows = count > 0 ? sources?.busiest(count) ?? [] : []
    page = MetricsPage(snapshots(), table: table, busiest: rows).text
    (busiest, made) = (count, now)
    return page
  }
}
