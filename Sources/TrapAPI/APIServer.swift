internal import Hummingbird
package import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle
package import TrapControl

/// The HTTP server of the daemon: one view of the control plane, on an event loop of its own.
package final class APIServer: Sendable {
  /// Where it listens; port 0 has been replaced.
  package let address: APIAddress
  private let services: ServiceGroup
  private let run: Task<Void, Never>
  private let gate: StartGate
  private let loops: MultiThreadedEventLoopGroup
  private let log: Logger

  /// Nanoseconds that a cancelled server gets to let go of its connections.
  private static let cancellationTime: UInt64 = 1_000_000_000

  private init(
    address: APIAddress, services: ServiceGroup, run: Task<Void, Never>, gate: StartGate,
    loops: MultiThreadedEventLoopGroup, log: Logger
  ) {
    self.address = address
    self.services = services
    self.run = run
    self.gate = gate
    self.loops = loops
    self.log = log
  }

  /// Blocks the calling thread until the server listens, so not for a task of Swift concurrency to call.
  package static func start(
    _ settings: APISettings, plane: any ControlPlane, log: Logger
  ) throws(APIError) -> APIServer {
    if !settings.address.isLocal, settings.tokens.isEmpty {
      throw .noTokens(address: settings.address.description)
    }
    try clearPath(settings.address)
    let gate = StartGate()
    let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    // The libraries tell of every request and start; what an operator wants to know, this server says itself.
    var quiet = log
    quiet.logLevel = max(.warning, log.logLevel)
    let application = application(settings, plane: plane, loops: loops, gate: gate, log: quiet)
    let services = ServiceGroup(
      configuration: .init(services: [.init(service: application)], gracefulShutdownSignals: [], logger: quiet))
    let run = Task.detached {
      do {
        try await services.run()
        gate.open(.failure(.failed(address: settings.address.description, reason: "it was stopped while it started")))
      } catch {
        gate.open(.failure(APIError(error, at: settings.address)))
      }
      gate.end()
    }
    do throws(APIError) {
      let bound = try gate.waitUntilOpen()
      return APIServer(address: bound, services: services, run: run, gate: gate, loops: loops, log: log)
    } catch {
      run.cancel()
      _ = gate.waitUntilEnd(nanoseconds: cancellationTime)
      close(loops, log)
      throw error
    }
  }

  /// Ends waiting polls with nothing, finishes what is being answered, then closes everything; after `within`
  /// nanoseconds it closes all the same. Blocks the calling thread. False where connections had to be cut.
  @discardableResult
  package func stop(within: UInt64) -> Bool {
    Task.detached { [services] in await services.triggerGracefulShutdown() }
    let isClean = gate.waitUntilEnd(nanoseconds: within)
    if !isClean {
      run.cancel()
      _ = gate.waitUntilEnd(nanoseconds: Self.cancellationTime)
    }
    if case .unix(let path) = address { UnixSocketFile.remove(path) }
    Self.close(loops, log)
    return isClean
  }

  private static func close(_ loops: MultiThreadedEventLoopGroup, _ log: Logger) {
    do {
      try loops.syncShutdownGracefully()
    } catch {
      log.warning("The API's event loop did not end: \(error)")
    }
  }
}
