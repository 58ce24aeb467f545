/// The names below which the load generator says what it sent: Net-SNMP's playpen, arc 162.99.
enum BlastOID {
  static let root: [UInt32] = [1, 3, 6, 1, 4, 1, 8072, 9999, 9999, 162, 99]
  static let trap = root + [0, 1]
  /// The trap's number among those of its source in this run, from 1.
  static let sourceSequence = root + [1, 0]
  /// The trap's number in this run, from 1.
  static let sequence = root + [2, 0]
  /// The run: seconds since 1970 at its start.
  static let run = root + [3, 0]
  static let padding = root + [4, 0]

  static func text(_ arcs: [UInt32]) -> String { arcs.map(String.init).joined(separator: ".") }
}
