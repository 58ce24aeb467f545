extension Configuration {
  /// One child of `<metadata>` that routes.
  package enum MetadataSource: Equatable, Sendable {
    case rules(Rules)
    case http(MetadataService)
    case sqlite(Inventory)

    package var name: String {
      switch self {
      case .rules(let rules): rules.name
      case .http(let service): service.name
      case .sqlite(let inventory): inventory.name
      }
    }
  }
}
