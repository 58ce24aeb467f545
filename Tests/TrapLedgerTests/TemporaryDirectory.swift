internal import Foundation

/// A directory of its own for one test, gone with the value.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    let parent = FileManager.default.temporaryDirectory.path
    path = parent + "/trapline-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
