import Foundation
import Testing

@testable import TrapAPI

@Suite("Where the API listens", .timeLimit(.minutes(30)))
struct ListeningTests {
  @Test(
    "addresses are numeric, with a port, or a socket's absolute path",
    arguments: [
      ("127.0.0.1:1180", true), ("[::1]:1180", true), ("127.9.9.9:0", true), ("unix:/run/trapline/api.sock", true),
      ("0.0.0.0:1180", false), ("[::]:1180", false), ("192.0.2.7:80", false),
    ])
  func addresses(text: String, isLocal: Bool) throws {
    let address = try #require(APIAddress(text))
    #expect(address.isLocal == isLocal)
    #expect(address.description == text)
  }

  @Test(
    "anything else is no address",
    arguments: [
      "", "1180", "localhost:1180", "::1:1180", "[::1]", "[127.0.0.1]:1", "127.0.0.1:65536", "unix:api.sock",
      "unix:/" + String(repeating: "x", count: 107),
    ])
  func noAddresses(text: String) {
    #expect(APIAddress(text) == nil)
  }

  @Test("both loopbacks answer", arguments: ["127.0.0.1:0", "[::1]:0"])
  func loopback(address: String) async throws {
    let running = try await RunningServer.start(address)
    let answer = try await running.ask("/healthz")
    #expect(answer.body == "ok\n")
    try await running.stop()
  }

  @Test("a port that is taken is named, with the remedy")
  func taken() async throws {
    let first = try await RunningServer.start()
    let address = first.server.address.description
    await #expect(throws: APIError.taken(address: address)) { try await RunningServer.start(address) }
    #expect(APIError.taken(address: address).description.contains("choose another address"))
    try await first.stop()
    let second = try await RunningServer.start(address)
    try await second.stop()
  }

  @Test("an address that other machines reach is refused without tokens")
  func noTokens() async throws {
    await #expect(throws: APIError.noTokens(address: "0.0.0.0:0")) { try await RunningServer.start("0.0.0.0:0") }
  }

  @Test("an address that this machine does not have is named")
  func noSuchAddress() async throws {
    let token = APIToken(name: "all", secret: [1])
    await #expect(throws: APIError.noSuchAddress(address: "192.0.2.7:1180")) {
      try await RunningServer.start("192.0.2.7:1180", tokens: [token])
    }
  }

  @Test("a Unix socket is its owner's and group's, and goes with the server")
  func unixSocket() async throws {
    let place = try TemporaryDirectory()
    let path = place.path + "/api.sock"
    let running = try await RunningServer.start("unix:" + path)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o660)
    #expect(try await running.ask("/v1/engines").status == 200)
    #expect(try await running.ask("/v1/engines", ["-H", "Host:"]).status == 200)
    #expect(try await running.ask("/v1/engines", ["-H", "Host: evil.example"]).status == 403)
    await #expect(throws: APIError.taken(address: "unix:" + path)) { try await RunningServer.start("unix:" + path) }
    #expect(try await running.ask("/healthz").status == 200)
    try await running.stop()
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("a socket file that nobody serves is replaced; another file is left alone")
  func staleSocket() async throws {
    let place = try TemporaryDirectory()
    let code = try await ChildProcess.run(
      "/usr/bin/env",
      [
        "python3", "-c", "import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])", place.path + "/api.sock",
      ],
      output: place.path + "/log")
    try #require(code == 0)
    let running = try await RunningServer.start("unix:\(place.path)/api.sock")
    #expect(try await running.ask("/healthz").status == 200)
    try await running.stop()

    let file = place.path + "/notes"
    try Data("mine".utf8).write(to: URL(filePath: file))
    await #expect(throws: APIError.notASocket(path: file)) { try await RunningServer.start("unix:" + file) }
    #expect(place.text("notes") == "mine")
  }
}
