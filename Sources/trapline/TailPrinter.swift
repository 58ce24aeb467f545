internal import Foundation

/// Writes the lines of a batch to standard output, for people or as they came.
struct TailPrinter {
  let json: Bool
  let paint: Paint
  /// Traps that may still be written; nil without a bound.
  private(set) var left: UInt64?
  /// The number of the last trap that was written; nil before the first.
  private(set) var last: UInt64?
  private(set) var written: UInt64 = 0

  init(json: Bool, paint: Paint, count: UInt64?) {
    (self.json, self.paint, left) = (json, paint, count)
  }

  var isDone: Bool { left == 0 }

  /// Writes the batch, and returns when all of it is written; false where the bound cut it short. Gaps are no traps,
  /// and count for none.
  mutating func write(_ body: [UInt8]) throws(StandardOutput.Failure) -> Bool {
    let width = StandardOutput.isTerminal ? TerminalSize(descriptor: 1)?.columns : nil
    var output: [UInt8] = []
    var isWhole = true
    for line in body.split(separator: UInt8(ascii: "\n")) {
      let record = try? JSONDecoder().decode(TrapRecord.self, from: Data(line))
      if record?.missed == nil {
        guard left != 0 else {
          isWhole = false
          break
        }
        left = left.map { $0 - 1 }
        last = record?.sequence ?? last
        written += 1
      }
      output += json || record == nil ? Array(line) : Array((record?.line.text(paint, width: width) ?? "").utf8)
      output.append(UInt8(ascii: "\n"))
    }
    try StandardOutput.write(output)
    return isWhole
  }
}
