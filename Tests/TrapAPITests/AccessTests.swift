import Testing

@testable import TrapAPI

@Suite("Who may ask", .timeLimit(.minutes(30)))
struct AccessTests {
  @Test("on loopback the Host header names this machine, and nobody else's name is answered")
  func hosts() async throws {
    let running = try await RunningServer.start { $0.hostNames = ["noc.example"] }
    let cases: [(host: String, status: Int)] = [
      ("localhost", 200), ("LOCALHOST:1180", 200), ("127.0.0.1:80", 200), ("[::1]", 200), ("[::1]:1180", 200),
      ("noc.example:1180", 200), ("evil.example", 403), ("localhost.evil.example", 403), ("localhost:x", 403),
      ("127.0.0.1.evil.example", 403), ("[::1].evil.example", 403), ("[::2]", 403),
    ]
    for (host, status) in cases {
      let answer = try await running.ask("/v1/engines", ["-H", "Host: \(host)"])
      #expect(answer.status == status, "\(host)")
    }
    let without = try await running.ask("/v1/engines", ["-H", "Host:"])
    #expect(without.status == 400)
    #expect(running.plane.calls.count == 6)
    try await running.stop()
  }

  @Test("a request with two Host headers is refused, whichever comes first")
  func twoHosts() async throws {
    let running = try await RunningServer.start()
    guard case .tcp(let host, let port) = running.server.address else { return }
    let place = try TemporaryDirectory()
    // curl sends one at most.
    let script = """
      import http.client
      for names in [("localhost", "evil.example"), ("evil.example", "localhost")]:
          asking = http.client.HTTPConnection("\(host)", \(port))
          asking.putrequest("GET", "/v1/engines", skip_host=True)
          for name in names:
              asking.putheader("Host", name)
          asking.endheaders()
          print(asking.getresponse().status)
      """
    let code = try await ChildProcess.run("/usr/bin/env", ["python3", "-c", script], output: place.path + "/log")
    #expect(code == 0)
    #expect(place.text("log") == "403\n403\n")
    try await running.stop()
  }

  @Test("a request of a web page is refused whatever it names", arguments: ["http://localhost", "null"])
  func origins(origin: String) async throws {
    let running = try await RunningServer.start()
    let answer = try await running.ask("/v1/metadata/flush", ["-X", "POST", "-H", "Origin: \(origin)"])
    #expect(answer.status == 403)
    #expect(running.plane.calls.isEmpty)
    try await running.stop()
  }

  @Test("elsewhere a token says who asks, and for which engines")
  func tokens() async throws {
    let running = try await RunningServer.start(
      "0.0.0.0:0",
      tokens: [
        APIToken(name: "all", secret: Array("sesame".utf8), engines: ["pager"], isAdmin: true),
        APIToken(name: "one", secret: Array("half".utf8), engines: ["noc"]),
      ])
    func status(_ path: String, _ authorization: String?, _ more: [String] = []) async throws -> Int {
      let field = authorization.map { ["-H", "Authorization: \($0)"] } ?? []
      return try await running.ask(path, field + more).status
    }
    for refused in [nil, "Bearer", "Bearer ", "Bearer sesam", "Bearer sesamee", "Bearer halfhalf", "Basic sesame"] {
      #expect(try await status("/v1/engines", refused) == 401, "\(refused ?? "none")")
    }
    #expect(try await status("/v1/engines", "bearer sesame") == 200)
    #expect(try await status("/v1/status", "Bearer sesame") == 200)
    #expect(try await status("/v1/status", "Bearer half") == 403)
    #expect(try await status("/v1/engines/noc", "Bearer half", ["-X", "PUT"]) == 201)
    #expect(try await status("/v1/engines/other", "Bearer half", ["-X", "PUT"]) == 403)
    #expect(try await status("/v1/engines/n%6fc/batch", "Bearer half") == 200)
    #expect(try await status("/v1/engines/noc/replay", "Bearer half", ["-X", "POST"]) == 403)
    #expect(try await status("/healthz", nil) == 200)
    #expect(try await status("/v1/no-such-path", nil) == 401)

    let list = try await running.ask("/v1/engines", ["-H", "Authorization: Bearer half"])
    #expect(list.body.contains(#""name":"noc""#) && !list.body.contains("boss"))
    let all = try await running.ask("/v1/engines", ["-H", "Authorization: Bearer sesame"])
    #expect(all.body.contains(#""name":"noc""#) && all.body.contains("boss"))
    #expect(try await status("/v1/engines/noc", "Bearer sesame", ["-X", "DELETE"]) == 403)
    let calls = running.plane.calls
    #expect(calls.contains("register noc by token(\"one\")") && !calls.contains { $0.contains("other") })
    try await running.stop()
  }
}
