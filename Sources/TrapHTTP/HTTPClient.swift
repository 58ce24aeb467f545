package import TrapBatching

/// Sends HTTP requests from one thread, any number at once, each over a connection that is kept for the next.
///
/// How much is under way is the caller's to bound: a request costs its body, its answer, and about 300 KiB of buffers.
/// A request may reach the server twice: where a kept connection turns out to be closed, it goes out again over
/// a fresh one.
package final class HTTPClient: Sendable {
  package typealias Completion = @Sendable (Result<HTTPResponse, HTTPFailure>) -> Void

  private let inbox: HTTPInbox
  private let thread: StageThread
  /// Turned by the thread. Only a stalled completion can hold it.
  package let beat: LoopBeat

  /// Starts the thread `http NAME`. Throws where a file of `tls` cannot be read, or no thread is to be had.
  package static func start(name: String, tls: HTTPClientTLS = HTTPClientTLS()) throws(HTTPClientError) -> HTTPClient {
    for file in [tls.caFile, tls.certificateFile, tls.keyFile] {
      if let file, let reason = ReadableFile.complaint(file) {
        throw HTTPClientError(client: name, reason: "\(file) cannot be read: \(reason)")
      }
    }
    guard let multi = CurlMulti() else { throw HTTPClientError(client: name, reason: "libcurl does not start") }
    let inbox = HTTPInbox(multi)
    let beat = LoopBeat(name: "http \(name)", now: SystemClock.monotonic())
    do throws(StageThreadError) {
      let thread = try StageThread(name: "http \(name)") { HTTPClientLoop(inbox, tls, beat).run() }
      return HTTPClient(inbox: inbox, thread: thread, beat: beat)
    } catch {
      throw HTTPClientError(client: name, reason: "\(error)")
    }
  }

  private init(inbox: HTTPInbox, thread: StageThread, beat: LoopBeat) {
    self.inbox = inbox
    self.thread = thread
    self.beat = beat
  }

  deinit { inbox.stop() }

  /// From any thread; at once. `completion` runs exactly once, on the client's thread, and must return at once; after
  /// `stop` it runs here and now, with `.stopped`.
  package func send(_ request: HTTPRequest, completion: @escaping Completion) {
    send(making: { request }, completion: completion)
  }

  /// Likewise, with a request that is made on the client's thread, where making it costs more than handing it over.
  package func send(making make: @escaping @Sendable () -> HTTPRequest, completion: @escaping Completion) {
    if !inbox.put(make, completion) { completion(.failure(.stopped)) }
  }

  /// Sends and waits; for tools, never for a thread that others wait for.
  package func perform(_ request: HTTPRequest) -> Result<HTTPResponse, HTTPFailure> {
    let answer = AwaitedAnswer()
    send(request) { answer.put($0) }
    return answer.take()
  }

  /// Fails what is under way with `.stopped`, then ends the thread.
  package func stop() { inbox.stop() }

  /// After `stop`: waits for the thread's end, `nanoseconds` at most; false where it still runs.
  package func waitUntilStopped(nanoseconds: UInt64) -> Bool { thread.waitForEnd(nanoseconds: nanoseconds) }
}
