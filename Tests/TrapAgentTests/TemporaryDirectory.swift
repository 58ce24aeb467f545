import Foundation

/// A directory of the test's own, gone with its last user.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/trapline-agent-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: path + "/tools", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: path + "/agent", withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
