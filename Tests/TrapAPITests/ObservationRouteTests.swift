import Testing
import TrapControl

@testable import TrapAPI

@Suite("What supervisors and collectors ask", .timeLimit(.minutes(30)))
struct ObservationRouteTests {
  private static let standing = Probe(isGood: false, reason: "standing still: dispatch (for 12 s)")
  private static let stopping = Probe(isGood: false, reason: "stopping: what is queued is handed over")

  @Test("a loop that stands still is 503 with its name, and a stop is 503 of readiness alone")
  func probes() async throws {
    let running = try await RunningServer.start()
    for path in ["/healthz", "/readyz"] {
      let answer = try await running.ask(path)
      #expect(answer.status == 200 && answer.body == "ok\n")
    }
    running.plane.set(health: .ok, readiness: Self.stopping)
    #expect(try await running.ask("/healthz").status == 200)
    let ready = try await running.ask("/readyz")
    #expect(ready.status == 503 && ready.body == Self.stopping.reason + "\n")
    running.plane.set(health: Self.standing, readiness: .ok)
    let health = try await running.ask("/healthz")
    #expect(health.status == 503 && health.body == Self.standing.reason + "\n")
    #expect(health.field("content-type") == "text/plain; charset=utf-8")
    #expect(try await running.ask("/readyz").status == 200)
    try await running.stop()
  }

  @Test("HEAD is answered like GET, without the body", arguments: ["/healthz", "/readyz", "/metrics"])
  func head(path: String) async throws {
    let running = try await RunningServer.start()
    let answer = try await running.ask(path, ["--head"])
    #expect(answer.status == 200)
    #expect(answer.field("content-type")?.hasPrefix("text/plain") == true)
    running.plane.set(health: Self.standing, readiness: Self.stopping)
    #expect(try await running.ask(path, ["--head"]).status == (path == "/metrics" ? 200 : 503))
    #expect(try await running.ask(path, ["-X", "POST"]).field("allow") == "GET, HEAD")
    try await running.stop()
  }

  @Test("elsewhere a stranger learns from a probe whether, and not why; metrics are an administrator's")
  func strangers() async throws {
    let running = try await RunningServer.start(
      "0.0.0.0:0",
      tokens: [
        APIToken(name: "all", secret: Array("sesame".utf8), isAdmin: true),
        APIToken(name: "one", secret: Array("half".utf8), engines: ["noc"]),
      ])
    running.plane.set(health: Self.standing, readiness: Self.stopping)
    for (path, reason) in [("/healthz", Self.standing.reason), ("/readyz", Self.stopping.reason)] {
      let stranger = try await running.ask(path)
      #expect(stranger.status == 503 && stranger.body == "no\n")
      let known = try await running.ask(path, ["-H", "Authorization: Bearer half"])
      #expect(known.status == 503 && known.body == reason + "\n")
    }
    for path in ["/metrics", "/v1/sources"] {
      #expect(try await running.ask(path).status == 401)
      #expect(try await running.ask(path, ["-H", "Authorization: Bearer half"]).status == 403)
      #expect(try await running.ask(path, ["-H", "Authorization: Bearer sesame"]).status == 200)
    }
    try await running.stop()
  }

  @Test("the metrics' type is that of Prometheus' text format, and single sources are shown to whoever asks for some")
  func metrics() async throws {
    let running = try await RunningServer.start()
    let page = try await running.ask("/metrics")
    #expect(page.status == 200 && page.body.hasSuffix("\ntrapline_boots 1\n"))
    #expect(page.field("content-type") == "text/plain; version=0.0.4; charset=utf-8")
    #expect(try await running.ask("/metrics?sources=100").status == 200)
    for bad in ["101", "-1", "", "1e2", "99999999999"] {
      #expect(try await running.ask("/metrics?sources=\(bad)").status == 400, "\(bad)")
    }
    #expect(running.plane.calls == ["metrics 0 by local", "metrics 100 by local"])
    try await running.stop()
  }

  @Test("sources are asked for in parts of a bounded size")
  func sources() async throws {
    let running = try await RunningServer.start()
    let part = try await running.ask("/v1/sources?after=4294967295&limit=1000")
    #expect(part.status == 200 && part.body.contains(#""next":1"#))
    #expect(try await running.ask("/v1/sources").status == 200)
    #expect(try await running.ask("/v1/sources?address=192.0.2.7").status == 200)
    for bad in ["limit=0", "limit=1001", "after=4294967296", "after=-1", "limit=1&limit=2"] {
      #expect(try await running.ask("/v1/sources?\(bad)").status == 400, "\(bad)")
    }
    #expect(
      running.plane.calls == [
        "sources 4294967295 1000 - by local", "sources 0 100 - by local", "sources 0 100 192.0.2.7 by local",
      ])
    try await running.stop()
  }
}
