/// What a CSV file is brought in as.
package enum InventoryContent: Sendable {
  case sources, credentials, engines

  internal var table: InventoryTable? {
    switch self {
    case .sources: nil
    case .credentials: .credentials
    case .engines: .engines
    }
  }
}
