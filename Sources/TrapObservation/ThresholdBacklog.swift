/// Events that wait for one who is told of them: in order, and within a bound.
///
/// At the bound the oldest event goes whose threshold has a newer one in the line, which then stands for both; where
/// every threshold has one only, the oldest of all. So the newest state of a threshold is the last to be lost.
package struct ThresholdBacklog: Sendable {
  package static let eventsMax = 256
  /// What they pin together, an estimate in octets: names are of 63 octets at most.
  package static let pinnedOctets = eventsMax * 512

  private var waiting: [ThresholdEvent] = []
  /// Events that nobody was told of.
  package private(set) var dropped: UInt64 = 0

  package init() {}

  package var count: Int { waiting.count }

  package mutating func put(_ event: ThresholdEvent) {
    var event = event
    if waiting.count >= Self.eventsMax { makeRoom(for: &event) }
    waiting.append(event)
  }

  package mutating func take() -> ThresholdEvent? { waiting.isEmpty ? nil : waiting.removeFirst() }

  private mutating func makeRoom(for event: inout ThresholdEvent) {
    dropped += 1
    var newer: [UInt32: Int] = [event.index: waiting.count]
    var oldest: Int?
    for place in waiting.indices.reversed() {
      let index = waiting[place].index
      if newer[index] != nil { oldest = place } else { newer[index] = place }
    }
    guard let oldest else {
      waiting.removeFirst()
      return
    }
    let gone = waiting.remove(at: oldest)
    if let next = waiting[oldest...].firstIndex(where: { $0.index == gone.index }) {
      waiting[next].changes += gone.changes
    } else {
      event.changes += gone.changes
    }
  }
}
