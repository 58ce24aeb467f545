extension InventoryProgram {
  /// Program `number` by a statement that gives the name and the columns of each route, in order.
  internal static func read(_ number: Int64, _ rows: SQLiteStatement) throws(InventoryError) -> InventoryProgram {
    rows.bind(number, at: 1)
    defer { rows.reset() }
    var name: String?
    var routes: [InventoryRoute] = []
    var isThere = false
    while try rows.step() {
      isThere = true
      name = rows.text(0)
      // A program without routes gives one row without engines.
      guard !rows.isNull(5) else { continue }
      do throws(InventoryValueMistake) {
        routes.append(try InventoryRoute(rows, first: 1))
      } catch {
        return InventoryProgram(name: name, routes: [], problem: "route \(routes.count + 1): \(error.problem)")
      }
    }
    guard isThere else { return InventoryProgram(name: nil, routes: [], problem: "there is no program \(number)") }
    guard routes.count <= InventoryValue.routesMax else {
      return InventoryProgram(name: name, routes: [], problem: "it has more than \(InventoryValue.routesMax) routes")
    }
    return InventoryProgram(name: name, routes: routes)
  }
}
