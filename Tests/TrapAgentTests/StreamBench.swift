import Dispatch
import Foundation
import Logging
import Synchronization
import TrapBatching

@testable import TrapAgent

/// Net-SNMP's thread with one stream listener, and what came by it. Once in a process.
final class StreamBench: Sendable {
  struct Arrival: Sendable {
    let facts: ArrivalFacts
    let octets: [UInt8]
    let isSecured: Bool
  }

  let directory: TemporaryDirectory
  let listener: StreamListener
  let port: UInt16
  private let thread: NetSNMPThread
  private let inbox: Inbox

  final class Inbox: Sendable {
    let arrivals = Mutex<[Arrival]>([])
    let refused = Mutex<[ArrivalFacts]>([])
    let signal = DispatchSemaphore(value: 0)
  }

  init(
    _ transport: String = "tcp:127.0.0.1", identity: TLSIdentity? = nil, directory: TemporaryDirectory? = nil,
    _ change: (inout StreamLimits) -> Void = { _ in }
  ) throws {
    let directory = try directory ?? TemporaryDirectory()
    self.directory = directory
    port = LoopbackPort.free()
    let inbox = Inbox()
    self.inbox = inbox
    var limits = StreamLimits()
    change(&limits)
    guard let address = StreamAddress("\(transport):\(port)") else { throw Discovery.NoAnswer() }
    listener = StreamListener(
      StreamSettings(name: "stream", number: 3, address: address, limits: limits, identity: identity),
      refuse: { facts in inbox.refused.withLock { $0.append(facts) } },
      deliver: { facts, message, isSecured in
        let octets = (0..<message.count).map { message[$0] }
        inbox.arrivals.withLock { $0.append(Arrival(facts: facts, octets: octets, isSecured: isSecured)) }
        inbox.signal.signal()
      })
    thread = try NetSNMPThread.start(
      NetSNMPParts(streams: [listener], stateDirectory: directory.path + "/agent"), log: Logger(label: "streams"))
  }

  /// The next message; nil where none comes within ten minutes.
  func next() -> Arrival? {
    guard inbox.signal.wait(timeout: .now() + 600) == .success else { return nil }
    return inbox.arrivals.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }

  var refused: [ArrivalFacts] { inbox.refused.withLock { $0 } }

  /// Runs a piece of work on the thread and waits for it: everything before it has been seen to.
  func turn() {
    let done = DispatchSemaphore(value: 0)
    guard thread.perform({ done.signal() }) else { return }
    done.wait()
  }

  /// Does something while the thread waits for its end.
  func whileBusy(_ body: () -> Void) {
    let (begun, done) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let isTaken = thread.perform {
      begun.signal()
      done.wait()
    }
    guard isTaken else { return }
    begun.wait()
    body()
    done.signal()
  }

  /// Whether the statistics come to fit, within a bounded number of the thread's turns.
  func reaches(_ condition: (StreamStatistics) -> Bool) -> Bool {
    for _ in 0..<2_000_000 {
      if condition(listener.statistics) { return true }
      turn()
    }
    return false
  }

  func open(_ listener: StreamListener) throws { try thread.open(listener) }

  func close() { thread.close(listener) }

  func stop() { thread.stop() }
}
