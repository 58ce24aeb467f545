internal import Synchronization

/// What became of a stream listener's connections and messages. Counted by Net-SNMP's thread, read by any.
internal final class StreamCounters: Sendable {
  internal enum Name: Int, CaseIterable {
    case open, accepted, refusedByLimit, refusedBySourceLimit, idleClosed, failedHandshakes, malformed, overBuffer
    case messages, octets, buffered, answersSent, answersDropped, kernelDrops
  }

  private struct State {
    var numbers = [UInt64](repeating: 0, count: Name.allCases.count)
    var lastError: String?
  }

  private let state = Mutex(State())

  internal func add(_ name: Name, _ count: UInt64 = 1) {
    state.withLock { $0.numbers[name.rawValue] &+= count }
  }

  internal func set(_ name: Name, to value: Int) {
    state.withLock { $0.numbers[name.rawValue] = UInt64(value) }
  }

  internal func note(_ error: String) { state.withLock { $0.lastError = error } }

  internal var statistics: StreamStatistics {
    state.withLock { state in
      StreamStatistics(lastError: state.lastError) { state.numbers[$0.rawValue] }
    }
  }
}
