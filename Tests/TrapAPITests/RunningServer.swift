import Foundation
import Logging
import TrapControl

@testable import TrapAPI

/// The server on a socket of its own, with a scripted control plane behind it.
final class RunningServer: Sendable {
  let plane: ScriptedPlane
  let server: APIServer

  private init(_ server: APIServer, _ plane: ScriptedPlane) {
    self.server = server
    self.plane = plane
  }

  /// Starting and stopping block their thread, which must not be one of those that the server answers on: neither a
  /// task's nor one of a global queue, which are the same.
  static func start(
    _ address: String = "127.0.0.1:0", tokens: [APIToken] = [], change: (inout APISettings) -> Void = { _ in }
  ) async throws -> RunningServer {
    var settings = APISettings(address: APIAddress(address)!, tokens: tokens)
    change(&settings)
    let plane = ScriptedPlane()
    let server = try await offTheTasks { [settings] in
      try APIServer.start(settings, plane: plane, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
    return RunningServer(server, plane)
  }

  @discardableResult
  func stop(within: UInt64 = 600_000_000_000) async throws -> Bool {
    try await Self.offTheTasks { [server] in server.stop(within: within) }
  }

  private static func offTheTasks<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Swift.Result { try body() }) }
    }
  }

  func ask(_ path: String, _ arguments: [String] = [], body: String? = nil) async throws -> Curl.Answer {
    let data = body.map { Data($0.utf8) }
    switch server.address {
    case .unix(let socket): return try await Curl.ask("http://localhost" + path, arguments, socket: socket, body: data)
    case .tcp: return try await Curl.ask("http://\(server.address)" + path, arguments, body: data)
    }
  }
}
