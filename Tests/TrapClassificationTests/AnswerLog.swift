import Synchronization
import TrapBatching

/// Keeps what was answered, and how much had been placed by then.
final class AnswerLog: AnswerSink {
  struct Sent {
    let answer: Answer
    let placed: Int
  }

  private let log: PlacedLog
  private let entries = Mutex<[Sent]>([])
  private let isFull = Mutex(false)

  init(_ log: PlacedLog) { self.log = log }

  var all: [Sent] { entries.withLock { $0 } }
  var octets: [[UInt8]] { all.map(\.answer.octets) }
  var numbers: [Int64] { all.map(\.answer.facts.received) }
  /// Whether there is no room for answers.
  func fill(_ full: Bool) { isFull.withLock { $0 = full } }

  func send(_ answer: Answer) -> Bool {
    guard !isFull.withLock({ $0 }) else { return false }
    let placed = log.traps.count
    entries.withLock { $0.append(Sent(answer: answer, placed: placed)) }
    return true
  }
}
