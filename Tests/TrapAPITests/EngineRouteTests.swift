import Testing
import TrapControl

@testable import TrapAPI

@Suite("Engines over HTTP", .timeLimit(.minutes(30)))
struct EngineRouteTests {
  @Test("an engine registers, fetches, acknowledges and leaves")
  func wholeLife() async throws {
    let running = try await RunningServer.start()
    let registered = try await running.ask(
      "/v1/engines/noc", ["-X", "PUT"],
      body: #"{"start":"oldest","subscribe":[{"source":["10.0.0.0/8"]}],"batch":{"size":50},"persist":true}"#)
    #expect(registered.status == 201)
    #expect(registered.field("Location") == "/v1/engines/noc")
    #expect(running.plane.registration("noc")?.start == .oldest)
    #expect(running.plane.registration("noc")?.subscribe == [TrapSelection(source: ["10.0.0.0/8"])])
    #expect(running.plane.registration("noc")?.batch?.size == 50)

    let batch = try await running.ask("/v1/engines/noc/batch?wait=5s")
    #expect(batch.status == 200)
    #expect(batch.body == String(decoding: ScriptedPlane.body, as: UTF8.self))
    #expect(batch.field("Trapline-Batch") == "1-1")
    #expect(batch.field("Content-Type") == "application/x-ndjson")
    #expect(batch.all("Trapline-Missed").count == 2)

    let done = try await running.ask("/v1/engines/noc/batch/1-1/ack?outcome=retry", ["-X", "POST"])
    let again = try await running.ask("/v1/engines/noc/batch/1-1/ack", ["-X", "POST"])
    #expect([done.status, again.status] == [204, 404])
    #expect(again.field("Content-Type") == "application/problem+json")

    let nothing = try await running.ask("/v1/engines/noc/batch")
    #expect(nothing.status == 204 && nothing.body.isEmpty)
    let changed = try await running.ask("/v1/engines/noc", ["-X", "PUT"])
    #expect(changed.status == 200)
    let ended = try await running.ask("/v1/engines/noc", ["-X", "DELETE"])
    let gone = try await running.ask("/v1/engines/noc")
    #expect([ended.status, gone.status] == [204, 404])
    #expect(
      running.plane.calls == [
        "register noc by local", "nextBatch noc 5000000000 by local", "acknowledge noc 1-1 retry by local",
        "acknowledge noc 1-1 done by local", "nextBatch noc 0 by local", "register noc by local",
        "unregister noc by local", "engine noc by local",
      ])
    try await running.stop()
  }

  @Test("a poll that waits ends with nothing when the server stops, and the stop is clean")
  func stopEndsPolls() async throws {
    let running = try await RunningServer.start()
    _ = try await running.ask("/v1/engines/noc", ["-X", "PUT"])
    _ = try await running.ask("/v1/engines/noc/batch")
    async let answer = running.ask("/v1/engines/noc/batch?wait=60s")
    await running.plane.polls.reach(1)
    #expect(try await running.stop())
    #expect(try await answer.status == 204)
    #expect(running.plane.cancelledPolls.count == 1)
  }

  @Test("a poll whose client has gone is cancelled, so that no batch is lent to nobody")
  func goneClient() async throws {
    let running = try await RunningServer.start()
    _ = try await running.ask("/v1/engines/noc", ["-X", "PUT"])
    _ = try await running.ask("/v1/engines/noc/batch")
    let client = try SilentClient(running.server.address, get: "/v1/engines/noc/batch?wait=60s")
    await running.plane.polls.reach(1)
    client.leave()
    await running.plane.cancelledPolls.reach(1)
    #expect(running.plane.polls.count == 1)
    try await running.stop()
  }

  @Test(
    "a registration that cannot be meant is refused with the place and the remedy",
    arguments: [
      (#"{"subscibe":[]}"#, "subscibe is not known; a registration takes ackTimeout, "),
      (#"{"batch":{"sise":5}}"#, "batch.sise is not known; batch takes maxBytes, maxWait, size"),
      (#"{"subscribe":[{},{"sorce":[]}]}"#, "subscribe[1].sorce is not known"),
      (#"{"batch":{"size":"5"}}"#, "batch.size should be a whole number"),
      (#"{"start":"later"}"#, "start is \"now\", \"oldest\" or a sequence number"),
      (#"{"start":-1}"#, "or a sequence number, a whole one from 0 to 18446744073709551615"),
      (#"{"start":1e30}"#, "start is \"now\", \"oldest\" or a sequence number, a whole one"),
      (#"{"start":[]}"#, "start is \"now\", \"oldest\" or a sequence number, a whole one"),
      (#"{"persist":tru}"#, "it is not JSON"),
      (#"[]"#, "the whole should be"),
    ])
  func badRegistration(body: String, detail: String) async throws {
    let running = try await RunningServer.start()
    let answer = try await running.ask("/v1/engines/noc", ["-X", "PUT"], body: body)
    #expect(answer.status == 400)
    let told = try answer.json()["detail"] as? String ?? ""
    #expect(told.contains(detail))
    #expect(running.plane.calls.isEmpty)
    try await running.stop()
  }
}
