/// One trap as `RecentTraps` keeps it. Reused by its reader, so that the next copy allocates nothing.
package struct RecentTrap: Sendable {
  /// Ascends from 1, in the order of placing.
  package internal(set) var number: UInt32 = 0
  package internal(set) var facts = ArrivalFacts(received: 0, source: .unspecified, port: 0, listener: 0)
  package internal(set) var marks = TrapMarks(rawValue: 0)
  /// Monotonic nanoseconds of its placing.
  package internal(set) var noted: UInt64 = 0
  /// The datagram; where it is marked so, its scoped PDU decrypted.
  package internal(set) var octets: [UInt8] = []

  package init() {}
}
