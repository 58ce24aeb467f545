internal import Logging

/// What a program says on its standard output and error becomes log lines, at most 20 a second.
internal struct ProgramOutput {
  private static let linesPerSecond = 20
  private static let lineMax = 1024
  private let name: String
  private let log: Logger
  private var line: [UInt8] = []
  private var second: UInt64 = 0
  private var count = 0
  private var suppressed = 0

  init(name: String, log: Logger) {
    self.name = name
    self.log = log
  }

  mutating func append(_ octets: [UInt8], now: UInt64) {
    for octet in octets {
      if octet == UInt8(ascii: "\n") { finishLine(now: now) } else if line.count < Self.lineMax { line.append(octet) }
    }
  }

  mutating func finishLine(now: UInt64) {
    defer { line.removeAll(keepingCapacity: true) }
    guard !line.isEmpty else { return }
    if now / 1_000_000_000 != second {
      (second, count) = (now / 1_000_000_000, 0)
      if suppressed > 0 { log.warning("\(name): \(suppressed) lines of its output were left out") }
      suppressed = 0
    }
    guard count < Self.linesPerSecond else { return suppressed += 1 }
    count += 1
    log.info("\(name): \(String(decoding: line, as: UTF8.self))")
  }
}
