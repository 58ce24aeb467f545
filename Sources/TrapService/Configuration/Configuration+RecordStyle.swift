extension Configuration {
  /// How an engine beyond HTTP wants its traps written.
  package struct RecordStyle: Equatable, Sendable {
    package var format = File.Format.json
    package var counter64 = File.Counter64.number
    /// Whether JSON shows the community.
    package var includesCommunity = false

    package init() {}
  }
}
