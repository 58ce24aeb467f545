import Foundation

/// A directory that goes with its test.
final class TemporaryDirectory: Sendable {
  let path: String
  init() throws {
    path = NSTemporaryDirectory() + "trapline-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func text(_ name: String) -> String {
    String(decoding: FileManager.default.contents(atPath: "\(path)/\(name)") ?? Data(), as: UTF8.self)
  }
}
