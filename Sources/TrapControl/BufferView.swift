/// The interprocess buffer, through which the path of the traps tells the tables of the SNMP agent what it saw.
package struct BufferView: Codable, Sendable, Equatable {
  /// Commands that wait, their octets, and the most octets there may be.
  package var commands: UInt64 = 0
  package var octets: UInt64 = 0
  package var boundOctets: UInt64 = 0
  /// How long the oldest has waited; 0 where none waits.
  package var oldestSeconds: Double = 0
  package var drains: UInt64 = 0
  package var applied: UInt64 = 0
  package var coalesced: UInt64 = 0
  package var dropped: UInt64 = 0
  package var lastDrainSeconds: Double = 0
  package var longestDrainSeconds: Double = 0

  package init() {}
}
