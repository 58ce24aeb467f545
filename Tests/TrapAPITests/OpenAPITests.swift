import Foundation
import Testing

@testable import TrapAPI

@Suite("The OpenAPI document", .timeLimit(.minutes(30)))
struct OpenAPITests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let document = root.appending(path: "Documentation/openapi.yaml").path

  @Test("the server answers the file as it is shipped; .ci/embed-openapi writes it into the server")
  func embedded() throws {
    let shipped = try #require(FileManager.default.contents(atPath: Self.document))
    #expect(Array(OpenAPIDocument.text.utf8) == Array(shipped))
  }

  private func check(_ running: RunningServer, _ arguments: [String]) async throws {
    let place = try TemporaryDirectory()
    let script = Self.root.appending(path: "Tests/Acceptance/openapi_check.py").path
    guard case .tcp(_, let port) = running.server.address else { return }
    let code = try await ChildProcess.run(
      "/usr/bin/env", ["python3", script, "http://127.0.0.1:\(port)", Self.document] + arguments,
      output: place.path + "/log")
    let log = place.text("log")
    print(log.split(separator: "\n").suffix(1).joined())
    #expect(code == 0, Comment(rawValue: log))
  }

  @Test("every path, method and status on loopback is as described")
  func onLoopback() async throws {
    let running = try await RunningServer.start()
    try await check(running, ["--configured", "boss"])
    try await running.stop()
  }

  @Test("with tokens too")
  func withTokens() async throws {
    let running = try await RunningServer.start(
      "0.0.0.0:0",
      tokens: [
        APIToken(name: "all", secret: Array("sesame".utf8), isAdmin: true),
        APIToken(name: "one", secret: Array("half".utf8), engines: ["noc"]),
      ])
    try await check(
      running,
      [
        "--configured", "boss", "--admin-token", "sesame", "--limited-token", "half", "--limited-engine", "noc",
      ])
    try await running.stop()
  }
}
