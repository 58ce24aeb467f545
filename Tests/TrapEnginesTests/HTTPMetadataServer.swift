import Foundation
import Logging
import TrapBatching
import TrapClassification
import TrapHTTP

@testable import TrapEngines

/// A metadata service as a child process, and a source of metadata that asks it. Both end with their test.
final class HTTPMetadataServer {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Says what an outcome is in text.
  let reading = HTTPMetadataReading()
  var log: TestLog { reading.log }
  let metadata: HTTPMetadata
  let port: String
  private let process = Process()

  /// Tests/Acceptance/metadata_service.py, in a mode.
  convenience init(_ mode: String, timeout: UInt64 = TestBatch.patience, responseMax: Int = 4 << 20) throws {
    let root = Self.root
    try self.init(
      script: root.appending(path: "Tests/Acceptance/metadata_service.py").path,
      arguments: [
        "--map", "192.0.2.250/32= odd=odd even=even", "--ttl", "90s", "--attribute", "site=LHR2", "--mode", mode,
        "--schemas", root.appending(path: "Config/schemas").path,
      ], timeout: timeout, responseMax: responseMax)
  }

  /// Any service that prints its port first. Returns once it listens.
  init(script: String, arguments: [String], timeout: UInt64 = TestBatch.patience, responseMax: Int = 4 << 20) throws {
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [script] + arguments
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    port = line.trimmingCharacters(in: .whitespacesAndNewlines)
    guard Int(port) != nil else { throw TestFailure("the service printed \(line) and no port") }
    var settings = HTTPMetadataSettings(name: "cmdb", url: "http://127.0.0.1:\(port)/metadata")
    settings.timeout = timeout
    settings.connectTimeout = TestBatch.patience
    settings.responseMax = responseMax
    metadata = try HTTPMetadata.open(
      settings, listeners: ["main", "lab"], routeSets: reading.routeSets, log: reading.log.logger)
  }

  /// One exchange, to its end.
  func ask(_ id: UInt64, _ keys: [MetadataKey], attempt: Int = 1) async -> HTTPMetadataOutcome {
    await withCheckedContinuation { continuation in
      metadata.exchange(MetadataRequest(id: id, attempt: attempt, keys: keys)) { continuation.resume(returning: $0) }
    }
  }

  /// What the service counted.
  func counts() throws -> [String: Int] {
    let client = try HTTPClient.start(name: "counts")
    defer { client.stop() }
    let response = try client.perform(HTTPRequest("http://127.0.0.1:\(port)/counts")).get()
    let all = try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any] ?? [:]
    return all.compactMapValues { $0 as? Int }
  }

  deinit {
    metadata.stop()
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }
}
