import Foundation
import Logging
import Synchronization
import TrapBatching
import TrapDispatch

@testable import TrapEngines

/// Batches for the tests, and what became of them.
enum TestBatch {
  static let routeSets = RouteSetTable()
  static let received: Int64 = 1_795_231_211_123_456_789  // 2026-11-21T03:20:11.123456789Z

  static func make(
    _ datagrams: [[UInt8]], counter: UInt64 = 1, gaps: [Gap] = [], source: String = "192.0.2.7", sources: [String] = [],
    first: UInt64 = 4_294_967_303,
    attributes: [TrapAttribute] = [], findings: [TrapFindings] = []
  ) -> DeliveryBatch {
    let number = routeSets.number(of: RouteSet(engines: ["archive"], attributes: attributes))
    func facts(_ index: Int) -> ArrivalFacts {
      let address = sources.isEmpty ? source : sources[index]
      return ArrivalFacts(received: received, source: SourceAddress(address)!, port: 50211, listener: 0)
    }
    return DeliveryBatch.assembled(
      id: BatchID(boot: 1, counter: counter), engine: "archive", gaps: gaps, listeners: ["main"], routeSets: routeSets,
      traps: datagrams.enumerated().map { (first + UInt64($0.offset), facts($0.offset), number, $0.element) },
      findings: findings)
  }

  /// Traps of `count`, all alike but for their sequence numbers.
  static func many(_ count: Int, counter: UInt64 = 1, first: UInt64 = 1) -> DeliveryBatch {
    make(Array(repeating: Fixtures.datagrams[0], count: count), counter: counter, first: first)
  }

  static func json(_ batch: DeliveryBatch, options: JSONOptions = JSONOptions()) -> [UInt8] {
    var writer = TrapJSONWriter(options: options)
    var lines: [UInt8] = []
    for gap in batch.gaps { writer.append(gap, to: &lines) }
    batch.forEachTrap { trap, octets in writer.append(trap, octets, of: batch, to: &lines) }
    return lines
  }

  /// Every line read by another JSON reader than ours.
  static func objects(_ lines: [UInt8]) throws -> [[String: Any]] {
    guard lines.last == 10 || lines.isEmpty else { throw TestFailure("the last line has no end") }
    return try lines.split(separator: 10).map { line in
      let value = try JSONSerialization.jsonObject(with: Data(line))
      guard let object = value as? [String: Any] else { throw TestFailure("a line that is no object") }
      return object
    }
  }

  /// Only there to fail instead of hanging: no machine is so slow.
  static let patience: UInt64 = 600_000_000_000

  /// Hands the batch over and waits for the answer.
  static func deliver(_ batch: DeliveryBatch, to engine: any ProcessingEngine) -> DeliveryOutcome? {
    let answered = DispatchSemaphore(value: 0)
    let box = AnswerBox()
    let completion = BatchCompletion { outcome in
      box.outcome.withLock { $0 = outcome }
      answered.signal()
    }
    engine.deliver(batch, completion: completion)
    guard answered.wait(timeout: .now() + .nanoseconds(Int(patience))) == .success else { return nil }
    return box.outcome.withLock { $0 }
  }

  /// Hands the batch over until the answer is one that is wanted, as the dispatcher would; nil where none comes.
  static func deliver(
    _ batch: DeliveryBatch, to engine: any ProcessingEngine, until isWanted: (DeliveryOutcome) -> Bool
  ) -> DeliveryOutcome? {
    let end = SystemClock.monotonic() + patience
    while SystemClock.monotonic() < end {
      guard let outcome = deliver(batch, to: engine) else { return nil }
      if isWanted(outcome) { return outcome }
    }
    return nil
  }

  /// Hands the batch over until the answer is not for a program that does not run.
  static func persist(_ batch: DeliveryBatch, _ engine: any ProcessingEngine) -> DeliveryOutcome? {
    deliver(batch, to: engine) { outcome in
      if case .unavailable = outcome { false } else { true }
    }
  }

  final class AnswerBox: Sendable {
    let outcome = Mutex<DeliveryOutcome?>(nil)
  }

  static func log() -> Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

struct TestFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// A directory that goes with its test.
final class TemporaryDirectory {
  let path: String
  init() throws {
    path = NSTemporaryDirectory() + "trapline-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func octets(_ name: String) -> [UInt8] {
    FileManager.default.contents(atPath: "\(path)/\(name)").map(Array.init) ?? []
  }
  func put(_ text: String, _ name: String) throws { try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)")) }
}
