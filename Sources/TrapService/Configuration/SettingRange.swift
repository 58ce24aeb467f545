/// What the settings of processing engines may be, in the configuration and in registrations. Octets and nanoseconds.
package enum SettingRange {
  package static let batchTraps = 1...100_000
  package static let batchOctets = 64 << 10...256 << 20
  package static let batchWait: ClosedRange<UInt64> = 0...60_000_000_000
  package static let outstanding = 1...64
  package static let outstandingOctets = 64 << 10...1 << 40
  package static let rate = 1...100_000_000
  package static let queueLimit = 64 << 10...1 << 40
  package static let queueReserve = 0...1 << 40
  package static let drain: ClosedRange<UInt64> = 0...3_600_000_000_000
  package static let ackTimeout: ClosedRange<UInt64> = 100_000_000...3_600_000_000_000
  package static let lease: ClosedRange<UInt64> = 1_000_000_000...604_800_000_000_000
}
