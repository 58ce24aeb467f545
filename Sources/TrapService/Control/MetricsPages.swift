internal import TrapObservation

/// The pages of `GET /metrics`: one is made at a time, from a snapshot that is taken after it was asked for. Whoever asks
/// while one is being made shares the next, so that however many collectors there are cost one thread at most.
internal actor MetricsPages {
  private let snapshots: SnapshotSource
  private let sources: (any SourceRows)?
  /// Asked for and not begun, by the number of busiest sources.
  private var next: [Int: Task<[UInt8], Never>] = [:]

  init(_ snapshots: @escaping SnapshotSource, sources: (any SourceRows)?) {
    self.snapshots = snapshots
    self.sources = sources
  }

  /// With a row for each of the `count` busiest sources.
  func page(busiest count: Int) async -> [UInt8] {
    if let next = next[count] { return await next.value }
    let page = Task { make(busiest: count) }
    next[count] = page
    return await page.value
  }

  private func make(busiest count: Int) -> [UInt8] {
    // Whoever asks from here on might know of something that this snapshot does not have.
    next[count] = nil
    sources?.drain(nanoseconds: DaemonControl.drainTime)
    let table = sources.map { MetricsPage.SourceCounts(count: $0.count, forgotten: $0.forgotten) }
    let rows = count > 0 ? sources?.busiest(count) ?? [] : []
    return MetricsPage(snapshots(), table: table, busiest: rows).text
  }
}
