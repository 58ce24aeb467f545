import Foundation
import Testing
import TrapControl

@testable import TrapAPI

@Suite("Bounds of requests", .timeLimit(.minutes(30)))
struct BoundsTests {
  @Test("a body beyond its bound is refused, announced or not")
  func bodies() async throws {
    let running = try await RunningServer.start()
    let tooLong = String(repeating: " ", count: BodyBudget.registrationMax + 1)
    let announced = try await running.ask("/v1/engines/noc", ["-X", "PUT"], body: tooLong)
    let chunked = try await running.ask(
      "/v1/engines/noc", ["-X", "PUT", "-H", "Transfer-Encoding: chunked"], body: tooLong)
    #expect(announced.status == 413 && chunked.status == 413)
    let fits = try await running.ask(
      "/v1/engines/noc", ["-X", "PUT"], body: "{}" + String(repeating: " ", count: BodyBudget.registrationMax - 2))
    #expect(fits.status == 201)
    try await running.stop()
  }

  @Test("a header or a target beyond its bound is refused, and the server lives on")
  func heads() async throws {
    let running = try await RunningServer.start()
    let header = try? await running.ask("/healthz", ["-H", "X-Long: " + String(repeating: "x", count: 40_000)])
    #expect(header.map { $0.status >= 400 } ?? true)
    let target = try await running.ask("/v1/explain?source=" + String(repeating: "x", count: 9_000))
    #expect(target.status == 400)
    #expect(try await running.ask("/healthz").status == 200)
    try await running.stop()
  }

  @Test("a line of a replay that cannot be read refuses all and is named by its number")
  func replayLines() async throws {
    let running = try await RunningServer.start()
    _ = try await running.ask("/v1/engines/noc", ["-X", "PUT"])
    let letter =
      #"{"sequence":7,"received":"2026-11-21T03:20:11.123456Z","listener":"main","source":"192.0.2.7","port":5,"#
      + #""engine":"noc","reason":"poison","attributes":{"site":"LHR2"},"raw":"MAA="}"#
    let bad = try await running.ask(
      "/v1/engines/noc/replay", ["-X", "POST"],
      body: letter + "\n\n" + letter.replacingOccurrences(of: ":5,", with: ":70000,") + "\n")
    #expect(bad.status == 400)
    #expect((try bad.json()["detail"] as? String)?.hasPrefix("line 3: ") == true)
    #expect(running.plane.letters.isEmpty)
    let good = try await running.ask(
      "/v1/engines/noc/replay", ["-X", "POST"], body: letter + "\n" + letter + "\r\n")
    let replayed = try good.json()["replayed"] as? Int
    #expect(replayed == 2)
    #expect(running.plane.letters.first?.attributes == ["site": "LHR2"])
    try await running.stop()
  }

  @Test("connections beyond the limit wait for one to go")
  func connections() async throws {
    let running = try await RunningServer.start { $0.connectionsMax = 1 }
    _ = try await running.ask("/v1/engines/noc", ["-X", "PUT"])
    _ = try await running.ask("/v1/engines/noc/batch")
    let poll = try SilentClient(running.server.address, get: "/v1/engines/noc/batch?wait=60s")
    await running.plane.polls.reach(1)
    await #expect(throws: CurlFailure.self) { try await running.ask("/healthz", ["--max-time", "1"]) }
    poll.leave()
    #expect(try await running.ask("/healthz").status == 200)
    try await running.stop()
  }

  @Test("a large batch comes whole, and is let go of when it has been read")
  func largeBatch() async throws {
    let running = try await RunningServer.start()
    _ = try await running.ask("/v1/engines/large", ["-X", "PUT"])
    let answer = try await running.ask("/v1/engines/large/batch")
    #expect(answer.status == 200 && answer.field("Content-Length") == "\(ScriptedPlane.largeBody.count)")
    #expect(answer.body.utf8.count == ScriptedPlane.largeBody.count)
    await running.plane.letGo.reach(1)
    try await running.stop()
  }

  @Test("a client that stops reading a batch is cut off, and the batch is let go of")
  func slowReader() async throws {
    // Long enough for the request to follow its connection on a slow machine.
    let running = try await RunningServer.start { $0.idleSeconds = 5 }
    _ = try await running.plane.register("large", EngineRegistration(), by: .local)
    let client = try SilentClient(running.server.address, get: "/v1/engines/large/batch")
    await running.plane.letGo.reach(1)
    withExtendedLifetime(client) {}
    try await running.stop()
  }

  @Test("a HEAD is not for these paths, and its answer has no body")
  func head() async throws {
    let running = try await RunningServer.start()
    let answer = try await running.ask("/v1/engines", ["-I"])
    #expect(answer.status == 405 && answer.field("Allow") == "GET")
    try await running.stop()
  }
}
