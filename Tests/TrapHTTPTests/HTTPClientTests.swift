import Foundation
import Testing

@testable import TrapHTTP

@Suite("The HTTP client")
struct HTTPClientTests {
  private let server: TestServer
  private let client: HTTPClient

  init() throws {
    server = try TestServer("tcp")
    client = try HTTPClient.start(name: "test")
  }

  private func request(_ path: String, _ change: (inout HTTPRequest) -> Void = { _ in }) -> HTTPRequest {
    var request = HTTPRequest("http://127.0.0.1:\(server.port)/\(path)")
    // A slow machine is no silent server.
    request.timeout = 600_000_000_000
    request.connectTimeout = 600_000_000_000
    change(&request)
    return request
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try client.perform(request(path)).get().body, as: UTF8.self)
  }

  @Test("a body arrives octet for octet, whatever its size", arguments: [0, 1, 70_000, 5 << 20])
  func body(size: Int) throws {
    let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
    let answer = try client.perform(
      request("echo") {
        $0.method = "POST"
        $0.body = body
        $0.responseMax = size
      }
    ).get()
    #expect(answer.status == 200)
    #expect(answer.body == body)
  }

  @Test(
    "the server sees the method and our headers, and none that nobody asked for",
    arguments: ["GET", "POST", "PUT", "DELETE"])
  func headers(method: String) throws {
    let answer = try client.perform(
      request("describe") {
        $0.method = method
        $0.headers = [("Trapline-Batch", "1-7"), ("Trapline-Missed", "a"), ("Trapline-Missed", "b"), ("X-Empty", "")]
        $0.body = method == "PUT" ? Array("{}".utf8) : []
      }
    ).get()
    let object = try #require(JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
    #expect(object["method"] as? String == method)
    var fields = try #require(object["headers"] as? [[String]]).filter { $0[0] != "Host" }
    fields.removeAll { $0[0] == "Content-Length" }
    #expect(
      fields == [
        ["Accept", "*/*"], ["User-Agent", "trapline"], ["Trapline-Batch", "1-7"], ["Trapline-Missed", "a"],
        ["Trapline-Missed", "b"], ["X-Empty", ""],
      ])
  }

  @Test("the answer's header names are in lower case, values without the space around them")
  func answerHeaders() throws {
    let answer = try client.perform(request("status/503")).get()
    #expect(answer.status == 503)
    #expect(answer.header("x-odd-case") == "Kept As It Is")
    #expect(answer.headers.filter { $0.name == "twice" }.map(\.value) == ["1", "2"])
    #expect(answer.body == Array("as you wish".utf8))
  }

  @Test("an interim answer is not the answer")
  func interim() throws {
    let answer = try client.perform(request("interim")).get()
    #expect(answer.status == 200)
    #expect(answer.header("link") == nil)
    #expect(answer.body == Array("final".utf8))
  }

  @Test("a redirection is an answer like any other")
  func redirect() throws {
    let answer = try client.perform(request("redirect")).get()
    #expect(answer.status == 302)
    #expect(answer.header("location") == "/echo")
  }

  @Test("connections are used again")
  func keepAlive() throws {
    let first = try text("connection")
    #expect(try text("connection") == first)
  }

  @Test("a kept connection that turns out to be closed costs nothing, with a body neither")
  func staleConnection() throws {
    let first = try text("answer-then-close")
    let body = [UInt8](repeating: 7, count: 100_000)
    let answer = try client.perform(
      request("echo") {
        $0.method = "POST"
        $0.body = body
      }
    ).get()
    #expect(answer.body == body)
    #expect(try text("connection") != first)
  }

  @Test("an answer that breaks off is named so", arguments: ["close", "close-in-body", "close-in-header", "not-http"])
  func breaksOff(path: String) throws {
    guard case .failure(.interrupted) = client.perform(request(path)) else {
      Issue.record("not noticed")
      return
    }
    #expect(try client.perform(request("status/200")).get().status == 200, "the next request is none the worse")
  }

  @Test("10 MB of rubbish stop at the bound")
  func tooLarge() throws {
    let answer = client.perform(request("large/10000000") { $0.responseMax = 1000 })
    guard case .failure(let failure) = answer else {
      Issue.record("not noticed")
      return
    }
    #expect(failure == .tooLarge(limit: 1000))
  }

  @Test("an answer of exactly the bound is whole")
  func exactlyAtBound() throws {
    #expect(try client.perform(request("large/1000") { $0.responseMax = 1000 }).get().body.count == 1000)
  }

  @Test("what exceeds the bound can be dropped")
  func dropsRest() throws {
    let answer = try client.perform(
      request("large/10000000") {
        $0.responseMax = 1000
        $0.dropsResponseRest = true
      }
    ).get()
    #expect(answer.status == 200)
    #expect(answer.body.count == 1000)
  }

  @Test("headers without end are too large")
  func endlessHeaders() throws {
    guard case .failure(.tooLarge) = client.perform(request("endless-headers")) else {
      Issue.record("not noticed")
      return
    }
  }

  @Test("no answer in time is a timeout")
  func timeout() throws {
    let impatient = request("never") { $0.timeout = 200_000_000 }
    var answer = client.perform(impatient)
    // On a slow machine the time may run out before the connection stands, which is another failure.
    while case .failure(.connect(let text)) = answer, text.contains("timed out") { answer = client.perform(impatient) }
    guard case .failure(.timeout) = answer else {
      Issue.record("not noticed")
      return
    }
  }

  @Test("a port where nobody listens is a failed connection")
  func refused() throws {
    // Port 1 of the loopback: tcpmux, which nobody runs.
    guard case .failure(.connect) = client.perform(HTTPRequest("http://127.0.0.1:1/")) else {
      Issue.record("not noticed")
      return
    }
  }

  @Test("a name that nobody has is a failed connection")
  func unknownName() throws {
    guard case .failure(.connect) = client.perform(HTTPRequest("http://nobody.invalid/")) else {
      Issue.record("not noticed")
      return
    }
  }

  @Test(
    "what is no URL of http or https is not tried",
    arguments: ["", "file:///etc/passwd", "127.0.0.1", "http://", "http:///x"])
  func badURL(url: String) throws {
    guard case .failure(.url) = client.perform(HTTPRequest(url)) else {
      Issue.record("not noticed")
      return
    }
  }

  @Test("a header cannot smuggle another")
  func smuggling() throws {
    let answer = client.perform(request("describe") { $0.headers = [("X", "a\r\nY: b")] })
    guard case .failure(.url) = answer else {
      Issue.record("not noticed")
      return
    }
  }

  @Test("50 requests are under way at once")
  func manyAtOnce() async throws {
    let (client, port) = (client, server.port)
    let statuses = await withTaskGroup(of: Int?.self) { group in
      for _ in 0..<50 {
        group.addTask {
          await withCheckedContinuation { continuation in
            // The server answers none before it has all.
            var request = HTTPRequest("http://127.0.0.1:\(port)/barrier/50")
            request.timeout = 600_000_000_000
            request.connectTimeout = 600_000_000_000
            client.send(request) {
              continuation.resume(returning: try? $0.get().status)
            }
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses == Array(repeating: 204, count: 50))
  }

  @Test("stop fails what is under way, and what comes later")
  func stop() async throws {
    let (client, port) = (client, server.port)
    async let failures = withTaskGroup(of: HTTPFailure?.self) { group in
      for _ in 0..<5 {
        group.addTask {
          await withCheckedContinuation { continuation in
            var request = HTTPRequest("http://127.0.0.1:\(port)/never")
            request.timeout = 600_000_000_000
            request.connectTimeout = 600_000_000_000
            client.send(request) { answer in
              guard case .failure(let failure) = answer else { return continuation.resume(returning: nil) }
              continuation.resume(returning: failure)
            }
          }
        }
      }
      return await group.reduce(into: [HTTPFailure?]()) { $0.append($1) }
    }
    for _ in 0..<5 { #expect(server.line() == "never") }
    client.stop()
    #expect(await failures == Array(repeating: .stopped, count: 5))
    #expect(client.waitUntilStopped(nanoseconds: 600_000_000_000))
    guard case .failure(.stopped) = client.perform(request("echo")) else {
      Issue.record("a stopped client sent")
      return
    }
  }
}
