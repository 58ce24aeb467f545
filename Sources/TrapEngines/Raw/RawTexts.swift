internal import TrapBatching
internal import TrapDispatch

/// What many traps of a batch share, written once a batch: listener name, number of attributes, and these.
///
/// All lie in one array that keeps its capacity.
internal struct RawTexts {
  private struct Key: Hashable {
    let listener: UInt16
    let routeSet: RouteSetNumber
  }

  private(set) var octets: [UInt8] = []
  private var known: [Key: Range<Int>] = [:]
  private var last: (key: Key, text: Range<Int>)?

  /// Another batch may know the same numbers by other names.
  mutating func removeAll() {
    octets.removeAll(keepingCapacity: true)
    known.removeAll(keepingCapacity: true)
    last = nil
  }

  /// Where the end of the trap's header stands in `octets`.
  @inline(__always)
  mutating func range(_ trap: DeliveredTrap, of batch: DeliveryBatch) -> Range<Int> {
    let key = Key(listener: trap.listener, routeSet: trap.routeSet)
    if let last, last.key == key { return last.text }
    let text = known[key] ?? write(trap, of: batch)
    known[key] = text
    last = (key, text)
    return text
  }

  private mutating func write(_ trap: DeliveredTrap, of batch: DeliveryBatch) -> Range<Int> {
    let start = octets.count
    append(batch.listenerName(trap))
    let attributes = batch.attributes(of: trap)
    append(UInt32(attributes.count))
    for attribute in attributes {
      append(attribute.name)
      append(attribute.value)
    }
    return start..<octets.count
  }

  private mutating func append(_ text: String) {
    append(UInt32(text.utf8.count))
    octets.append(contentsOf: text.utf8)
  }

  private mutating func append(_ value: UInt32) {
    octets.append(addingCapacity: 4) { $0.writeBigEndian(value) }
  }
}
