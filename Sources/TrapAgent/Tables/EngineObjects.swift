internal import CNetSNMP
internal import TrapBatching
internal import TrapSecurity

/// What the agent shows of its own engine: snmpEngine (RFC 3411 §5) and usmStats (RFC 3414 §5).
internal enum EngineObjects {
  internal static let snmpEngine = ObjectName("1.3.6.1.6.3.10.2.1")!
  internal static let usmStats = ObjectName("1.3.6.1.6.3.15.1.1")!
  /// The largest message that is taken or sent, in octets.
  private static let messageSizeMax: Int32 = 65_507

  internal static func subtrees(of identity: EngineIdentity) -> [ServedSubtree] {
    let engine = ServedSubtree(base: snmpEngine) {
      let local = identity.local
      let values: [ManagedValue] = [
        .octets(local.engineID), .integer(local.boots),
        .integer(local.time(now: SystemClock.monotonic())), .integer(messageSizeMax),
      ]
      return table(values, base: snmpEngine)
    }
    let statistics = ServedSubtree(base: usmStats) {
      // What is asked of the agent the library verifies, and counts; all else we do.
      let counters = USMStatistics.Counter.allCases.enumerated().map { index, counter in
        let asked = UInt32(snmp_get_statistic(STAT_USM_STATS_START + CInt(index)))
        return ManagedValue.counter32(identity.statistics[counter] &+ asked)
      }
      return table(counters, base: usmStats)
    }
    return [engine, statistics]
  }

  /// Scalars 1, 2, 3… below `base`.
  private static func table(_ values: [ManagedValue], base: ObjectName) -> ObjectTable {
    ObjectTable(values.enumerated().map { ObjectTable.Row(name: base + [UInt($0.offset) + 1, 0], value: $0.element) })
  }
}
