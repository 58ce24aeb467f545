import Testing

@testable import TrapAPI

@Suite("Polls and SNMPv3 engines over HTTP", .timeLimit(.minutes(30)))
struct PollRouteTests {
  private let body = #"{"requests":[{"agent":"192.0.2.7","oids":["1.3.6.1"]},{"agent":"::1","oids":["1.3"]}]}"#

  @Test("a poll wants a token also on loopback, and any will do")
  func tokens() async throws {
    let running = try await RunningServer.start(tokens: [APIToken(name: "one", secret: Array("half".utf8), engines: [])]
    )
    let without = try await running.ask("/v1/poll", body: body)
    #expect(without.status == 401 && without.field("www-authenticate")?.hasPrefix("Bearer") == true)
    let wrong = try await running.ask("/v1/poll", ["-H", "Authorization: Bearer whole"], body: body)
    #expect(wrong.status == 401)
    let right = try await running.ask("/v1/poll", ["-H", "Authorization: Bearer half"], body: body)
    #expect(right.status == 200 && right.body.contains(#""hex":"00ff""#), "\(right.body)")
    #expect(running.plane.calls == ["poll 192.0.2.7 ::1 by token(\"one\")"])
    #expect(try await running.ask("/v1/engines").status == 200)
    try await running.stop()
  }

  @Test("without any token in the configuration the refusal says how to add one")
  func noTokens() async throws {
    let running = try await RunningServer.start()
    let answer = try await running.ask("/v1/poll", ["-H", "Authorization: Bearer half"], body: body)
    #expect(answer.status == 401)
    let bare = try await running.ask("/v1/poll", body: body)
    #expect(bare.status == 401 && bare.body.contains("<token name="), "\(bare.body)")
    try await running.stop()
  }

  @Test("a mistake in the body is told with its place, and nobody is asked")
  func mistakes() async throws {
    let running = try await RunningServer.start(tokens: [APIToken(name: "one", secret: Array("half".utf8))])
    let cases = [
      ("requests[0].oid is not known", #"{"requests":[{"agent":"::1","oid":["1.3"]}]}"#),
      ("requests[0].oids[0]", #"{"requests":[{"agent":"::1","oids":["sysUpTime"]}]}"#),
      ("requests[0].oids is missing", #"{"requests":[{"agent":"::1"}]}"#),
      ("not JSON", "{"),
    ]
    for (detail, body) in cases {
      let answer = try await running.ask("/v1/poll", ["-H", "Authorization: Bearer half"], body: body)
      #expect(answer.status == 400 && answer.body.contains(detail), "\(answer.body)")
    }
    #expect(running.plane.calls.isEmpty)
    try await running.stop()
  }

  @Test("SNMPv3 engines are listed and forgotten")
  func engines() async throws {
    let running = try await RunningServer.start()
    let list = try await running.ask("/v1/v3/engines")
    #expect(list.status == 200 && list.body.contains(#""engineID":"80001f8804""#))
    for (id, status) in [("80001F8804", 204), ("0x80001f8804", 204), ("8000000001", 404), ("80", 400), ("xyz", 400)] {
      #expect(try await running.ask("/v1/v3/engines/\(id)", ["-X", "DELETE"]).status == status, "\(id)")
    }
    try await running.stop()
  }
}
