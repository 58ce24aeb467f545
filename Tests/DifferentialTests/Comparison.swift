import SNMPWire
import Testing

/// The counts of many messages, each read by both.
struct Comparison {
  private(set) var compared = 0
  /// Notifications that both decode to the same fields.
  private(set) var same = 0
  /// Neither takes it for a notification that it can decode.
  private(set) var unread = 0
  private(set) var differences: [Difference: Int] = [:]
  /// At most ten, told whole.
  private(set) var contradictions: [String] = []
  private(set) var contradictionCount = 0

  mutating func add(_ messages: [[UInt8]]) throws {
    var readings: [Reading] = []
    let lines = try Oracle.readings(of: messages) { readings = messages.map { Reading($0) } }
    for (index, line) in lines.enumerated() { add(messages[index], readings[index], line) }
  }

  private mutating func add(_ message: [UInt8], _ reading: Reading, _ line: String) {
    compared += 1
    if case .decoded(let ours) = reading.outcome {
      if ours == line { return same += 1 }
    } else if line == "R" || (reading.isOther && !Self.isNotification(line)) {
      return unread += 1
    }
    if let difference = Difference.of(reading, line) { return differences[difference, default: 0] += 1 }
    contradictionCount += 1
    guard contradictions.count < 10 else { return }
    contradictions.append(
      "ours: \(reading.outcome)\nNet-SNMP's: \(line)\nof: \(message.hex)\nopened: \(reading.octets.hex)")
  }

  /// Trap-PDU, InformRequest-PDU or SNMPv2-Trap-PDU.
  private static func isNotification(_ line: String) -> Bool {
    ["A a4", "A a6", "A a7"].contains { line.hasPrefix($0) }
  }

  var summary: String {
    let counts = Difference.allCases.compactMap { difference in differences[difference].map { (difference, $0) } }
    return "\(compared) messages: \(same) notifications read alike, \(unread) read by neither, "
      + "\(counts.reduce(0) { $0 + $1.1 }) listed differences, \(contradictionCount) contradictions\n"
      + counts.map { "  \($0.1) × \($0.0.rawValue)\n" }.joined()
  }
}
