/// A row, or the file's first one, is not to be used.
internal struct InventoryRowIssueError: Error {
  let issues: [InventoryRowIssue]
}
