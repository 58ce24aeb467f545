package import Logging
internal import Synchronization
package import TrapBatching
package import TrapDispatch
internal import TrapHTTP

/// Pushes each batch as one POST, from a thread of its own: as many at once as it is handed, each over a connection
/// that is kept. What an answer means: `Documentation/HTTPFormat.md`.
package final class HTTPEngine: ProcessingEngine {
  package let name: String
  private let settings: HTTPEngineSettings
  private let client: HTTPClient
  private let state = Mutex(HTTPEngineState())
  private let log: Logger
  /// How long a stopped client may take to fail what is under way.
  private static let stopGrace: UInt64 = 1_000_000_000

  /// Turned by the thread.
  package var beat: LoopBeat { client.beat }
  package var beats: [LoopBeat] { [beat] }

  /// Checks the settings and starts the thread; connects with the first batch.
  package static func open(_ settings: HTTPEngineSettings, log: Logger) throws(EngineOpenError) -> HTTPEngine {
    try settings.check()
    do throws(HTTPClientError) {
      return HTTPEngine(settings, try HTTPClient.start(name: settings.name, tls: settings.tls), log)
    } catch {
      throw EngineOpenError(
        engine: settings.name, reason: error.reason,
        remedy: "make the daemon's user able to read it, or free resources")
    }
  }

  private init(_ settings: HTTPEngineSettings, _ client: HTTPClient, _ log: Logger) {
    name = settings.name
    self.settings = settings
    self.client = client
    self.log = log
  }

  /// The message is written on the engine's thread, not on the dispatcher's.
  package func deliver(_ batch: DeliveryBatch, completion: BatchCompletion) {
    guard state.withLock({ $0.begin() }) else {
      return completion.complete(.unavailable(reason: "\(name) has been stopped"))
    }
    let settings = settings
    client.send(making: { settings.request(batch) }) { result in
      completion.complete(HTTPEngineOutcome.of(result, now: SystemClock.wall()))
      if self.state.withLock({ $0.end() }) { self.client.stop() }
    }
  }

  package func reopen() {}

  /// What is under way goes on to its answer.
  package func stop() {
    if state.withLock({ $0.stop() }) { client.stop() }
  }

  /// Waits for the answers; after `nanoseconds` what is still under way becomes unavailable, and that is false.
  package func waitUntilStopped(nanoseconds: UInt64) -> Bool {
    if client.waitUntilStopped(nanoseconds: nanoseconds) { return true }
    let count = state.withLock { $0.outstanding }
    log.warning("\(name): \(count) \(count == 1 ? "batch was" : "batches were") not answered before the stop")
    client.stop()
    _ = client.waitUntilStopped(nanoseconds: Self.stopGrace)
    return false
  }
}
