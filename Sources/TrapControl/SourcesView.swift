/// A part of the table of sources: what `GET /v1/sources` answers.
package struct SourcesView: Codable, Sendable, Equatable {
  package struct Question: Sendable, Equatable {
    /// Only rows with indices above this one.
    package var after: UInt32 = 0
    package var limit = SourcesView.limitDefault
    /// Only this source.
    package var address: String?
    package init() {}
  }

  package static let limitDefault = 100
  /// Rows of one answer at most: about 200 kB.
  package static let limitMax = 1000

  /// In ascending order of their indices.
  package var sources: [SourceView] = []
  /// The `after` of the next part; nil where this is the last one.
  package var next: UInt32?
  /// Rows of the whole table, and those that made room for newer sources.
  package var count = 0
  package var forgotten: UInt64 = 0

  package init() {}
}
