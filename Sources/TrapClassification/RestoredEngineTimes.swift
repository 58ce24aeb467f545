internal import TrapSecurity

/// What a former run knew of the engines' clocks, and when that was read.
internal struct RestoredEngineTimes: Sendable {
  let records: [EngineTimeRecord]
  let now: UInt64
  let wall: Int64
}
