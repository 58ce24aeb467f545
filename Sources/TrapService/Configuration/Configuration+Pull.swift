extension Configuration {
  /// `<pull>`: an engine that fetches its batches from the API.
  package struct Pull: Equatable, Sendable {
    package var style = RecordStyle()
    /// How long a batch may stay unacknowledged before it is handed out again.
    package var ackTimeout: UInt64 = 30_000_000_000

    package init() {}
  }
}
