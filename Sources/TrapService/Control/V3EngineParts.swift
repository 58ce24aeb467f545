internal import TrapSecurity

/// The clocks of SNMPv3 engines, which belong to the thread that verifies.
internal struct V3EngineParts: Sendable {
  /// Of all engines whose digest was right.
  let records: @Sendable () async -> [EngineTimeRecord]
  /// Everything that is known of one engine; false where nothing was. Also in the file that the next start reads.
  let forget: @Sendable (_ engineID: [UInt8]) async -> Bool
}
