/// An ordered list of routes. One object for all entries that use it, for as long as the database stays as it is.
package final class InventoryProgram: Sendable {
  /// nil for one that sources spelled out.
  package let name: String?
  package let routes: [InventoryRoute]
  /// Why its rows could not be read; then it has no routes.
  package let problem: String?

  internal init(name: String?, routes: [InventoryRoute], problem: String? = nil) {
    self.name = name
    self.routes = routes
    self.problem = problem
  }

  internal static let none = InventoryProgram(name: nil, routes: [])
}
