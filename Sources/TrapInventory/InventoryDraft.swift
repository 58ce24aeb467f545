/// What a CSV file says, brought together from its rows and not yet written anywhere.
internal struct InventoryDraft {
  struct Source {
    /// Of its first row.
    var line: Int
    var routes: [InventoryRoute] = []
    var program: String?
    var isRefused = false
    var credentials: String?
    var level: InventoryLevel?
    /// Milliseconds.
    var timeToLive: Int64?
    /// Empty where the row or the file says nothing.
    var attributes: [String: String] = [:]
  }

  struct Program {
    var line: Int
    var routes: [InventoryRoute] = []
  }

  var sources: [SourceBlock: Source] = [:]
  /// In the order of the file.
  var order: [SourceBlock] = []
  var programs: [String: Program] = [:]
  /// Named by a row that is bad: what the database says of them stays.
  var spoiledSources: Set<SourceBlock> = []
  var spoiledPrograms: Set<String> = []
  var issues: [InventoryRowIssue] = []
  var rows = 0
}
