import Foundation
import Synchronization
import Testing
import TrapBatching
import TrapDispatch

@testable import TrapEngines

/// What a push costs, into a sink that somebody has started: `httpsink 0` says its port, which goes into the environment
/// as `TRAPLINE_HTTP_SINK`. Prints, and judges nothing: a figure means something beside another of the same run.
@Suite("What a push costs", .enabled(if: ProcessInfo.processInfo.environment["TRAPLINE_HTTP_SINK"] != nil), .serialized)
struct HTTPEngineBench {
  static let port = ProcessInfo.processInfo.environment["TRAPLINE_HTTP_SINK"]
  private static let perBatch = 500
  private static let batches = 2000

  /// 240 octets each, from as many sources as traps, of one listener and route set.
  private static func batch(_ counter: UInt64) -> DeliveryBatch {
    let datagram = Fixtures.datagrams[0] + [UInt8](repeating: 0, count: 240 - Fixtures.datagrams[0].count)
    return TestBatch.make(
      Array(repeating: datagram, count: perBatch), counter: counter,
      attributes: [TrapAttribute(name: "site", value: "LHR2")])
  }

  @Test("a message is written", arguments: [RecordFormat.raw, .json])
  func writing(format: RecordFormat) {
    let batch = Self.batch(1)
    var octets = 0
    let start = SystemClock.monotonic()
    for _ in 0..<Self.batches { octets += BatchMessage(batch, format: format, options: JSONOptions()).body.count }
    let time = SystemClock.monotonic() - start
    let traps = Self.batches * Self.perBatch
    print("writing \(format): \(time / UInt64(traps)) ns and \(octets / traps) octets a trap")
  }

  @Test("batches are pushed", arguments: [RecordFormat.raw, .json], [1, 2, 4])
  func pushing(format: RecordFormat, outstanding: Int) throws {
    var settings = HTTPEngineSettings(name: "sink", url: "http://127.0.0.1:\(Self.port ?? "0")/")
    settings.format = format
    let engine = try HTTPEngine.open(settings, log: TestBatch.log())
    let batch = Self.batch(1)
    let credits = DispatchSemaphore(value: outstanding)
    let refused = Atomic<Int>(0)
    let cpu = Self.cpu()
    let start = SystemClock.monotonic()
    for _ in 0..<Self.batches {
      credits.wait()
      engine.deliver(
        batch,
        completion: BatchCompletion { outcome in
          if outcome != .acknowledged { refused.add(1, ordering: .relaxed) }
          credits.signal()
        })
    }
    for _ in 0..<outstanding { credits.wait() }
    let time = Double(SystemClock.monotonic() - start)
    let used = Double(Self.cpu() - cpu)
    for _ in 0..<outstanding { credits.signal() }
    let traps = Double(Self.batches * Self.perBatch)
    print(
      "pushing \(format), \(outstanding) outstanding: \(Int(traps / time * 1e9)) traps/s,",
      "\(Int(used * 1000 / traps)) ns of CPU a trap, \(Int(time / Double(Self.batches) / 1000)) µs a batch,",
      "\(refused.load(ordering: .relaxed)) not acknowledged")
  }

  @Test("one trap is pushed at once")
  func latency() throws {
    let settings = HTTPEngineSettings(name: "sink", url: "http://127.0.0.1:\(Self.port ?? "0")/")
    let engine = try HTTPEngine.open(settings, log: TestBatch.log())
    let batch = TestBatch.many(1)
    var times: [UInt64] = []
    for _ in 0..<2000 {
      let start = SystemClock.monotonic()
      _ = TestBatch.deliver(batch, to: engine)
      times.append(SystemClock.monotonic() - start)
    }
    times.sort()
    print("one trap, there and back: median \(times[1000] / 1000) µs, p99 \(times[1980] / 1000) µs")
  }

  /// Microseconds that this process has used.
  private static func cpu() -> Int {
    var usage = rusage()
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1_000_000 + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
  }
}
