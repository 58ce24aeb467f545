package import TrapSecurity

/// This process as an SNMP engine, as its agent shows it.
package struct EngineIdentity: Sendable {
  package let local: LocalEngine
  package let statistics: USMStatistics

  package init(local: LocalEngine, statistics: USMStatistics) {
    self.local = local
    self.statistics = statistics
  }
}
