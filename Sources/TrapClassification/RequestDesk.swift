internal import DequeModule

/// The requests to one source of metadata, in the order of their making. A slow source fills its own desk only.
internal struct RequestDesk {
  let answersAtOnce: Bool
  var forming: UInt64?
  var ready = Deque<UInt64>()
  /// At most `HoldingLimits.outstanding`.
  var asked: [UInt64] = []
  var lastAnswer: UInt64 = 0
  /// A whole timeout passed without any answer; the next answer ends it.
  var isDown = false

  init(answersAtOnce: Bool) { self.answersAtOnce = answersAtOnce }

  mutating func forget(_ id: UInt64) {
    if forming == id { forming = nil }
    ready.removeAll { $0 == id }
    asked.removeAll { $0 == id }
  }

  mutating func forgetAll() {
    forming = nil
    ready.removeAll()
    asked.removeAll()
  }
}
