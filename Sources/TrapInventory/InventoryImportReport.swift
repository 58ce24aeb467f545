/// What an import did, or would do.
package struct InventoryImportReport: Sendable, Equatable {
  /// How many issues are kept; the rest is only counted.
  package static let issuesMax = 1000

  package var rows = 0
  /// In the order of the file, `issuesMax` at most.
  package var issues: [InventoryRowIssue] = []
  package var issueCount = 0
  package var added = 0
  package var changed = 0
  package var unchanged = 0
  package var removed = 0
  /// Sources that bad rows name, which stay as they are.
  package var spoiled = 0
  /// Programs with a name that were added or changed, and that were removed.
  package var programsChanged = 0
  package var programsRemoved = 0
  package var isWritten = false
  /// The database holds communities or keys, and others than its owner and group may read it.
  package var showsSecrets = false

  package init() {}

  internal init(_ draft: InventoryDraft) {
    rows = draft.rows
    issueCount = draft.issues.count
    issues = Array(draft.issues.sorted { $0.line < $1.line }.prefix(InventoryImportReport.issuesMax))
    spoiled = draft.spoiledSources.count
  }

  internal init(_ draft: InventoryTableDraft) {
    rows = draft.rows
    issueCount = draft.issues.count
    issues = Array(draft.issues.prefix(InventoryImportReport.issuesMax))
    spoiled = draft.spoiled.count
  }
}
