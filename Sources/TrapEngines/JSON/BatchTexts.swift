internal import TrapBatching
internal import TrapDispatch

/// What many traps of a batch share, written once a batch: listener names and attributes as JSON.
///
/// All texts lie in one array that keeps its capacity, so that the next batch allocates nothing.
internal struct BatchTexts {
  private(set) var octets: [UInt8] = []
  private var listeners: [UInt16: Range<Int>] = [:]
  private var attributes: [RouteSetNumber: Range<Int>] = [:]
  private var lastListener: (number: UInt16, text: Range<Int>)?
  private var lastAttributes: (number: RouteSetNumber, text: Range<Int>)?

  /// Another batch may know the same numbers by other names.
  mutating func removeAll() {
    octets.removeAll(keepingCapacity: true)
    listeners.removeAll(keepingCapacity: true)
    attributes.removeAll(keepingCapacity: true)
    lastListener = nil
    lastAttributes = nil
  }

  /// Where the listener's name stands in `octets`, as a JSON string.
  mutating func listener(_ trap: DeliveredTrap, of batch: DeliveryBatch) -> Range<Int> {
    if let lastListener, lastListener.number == trap.listener { return lastListener.text }
    let text: Range<Int>
    if let known = listeners[trap.listener] {
      text = known
    } else {
      let start = octets.count
      append(batch.listenerName(trap.listener))
      text = start..<octets.count
      listeners[trap.listener] = text
    }
    lastListener = (trap.listener, text)
    return text
  }

  /// Where the trap's attributes stand in `octets`: `,"attributes":{…}`, or nothing where there are none.
  mutating func attributes(_ trap: DeliveredTrap, of batch: DeliveryBatch) -> Range<Int> {
    if let lastAttributes, lastAttributes.number == trap.routeSet { return lastAttributes.text }
    let text: Range<Int>
    if let known = attributes[trap.routeSet] {
      text = known
    } else {
      let start = octets.count
      append(batch.attributes(of: trap))
      text = start..<octets.count
      attributes[trap.routeSet] = text
    }
    lastAttributes = (trap.routeSet, text)
    return text
  }

  private mutating func append(_ attributes: [TrapAttribute]) {
    guard !attributes.isEmpty else { return }
    octets.append(contentsOf: ",\"attributes\":{".utf8)
    for (index, attribute) in attributes.enumerated() {
      if index > 0 { octets.append(UInt8(ascii: ",")) }
      append(attribute.name)
      octets.append(UInt8(ascii: ":"))
      append(attribute.value)
    }
    octets.append(UInt8(ascii: "}"))
  }

  /// A Swift string is Unicode already; every control character is escaped (RFC 8259 §7).
  private mutating func append(_ text: String) {
    octets.append(UInt8(ascii: "\""))
    for octet in text.utf8 {
      switch octet {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        octets.append(UInt8(ascii: "\\"))
        octets.append(octet)
      case ..<0x20:
        octets.append(contentsOf: "\\u00\(octet < 16 ? "0" : "")\(String(octet, radix: 16))".utf8)
      default:
        octets.append(octet)
      }
    }
    octets.append(UInt8(ascii: "\""))
  }
}
