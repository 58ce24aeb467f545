import Foundation

@testable import TrapInventory

/// A directory of a test's own, gone with it.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "inventory-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  @discardableResult
  func importing(
    _ csv: String, into name: String = "inventory.db", _ change: (inout InventoryImport) -> Void = { _ in }
  ) throws -> InventoryImportReport {
    var order = InventoryImport(database: path(name))
    change(&order)
    return try order.run(Array(csv.utf8))
  }
}
