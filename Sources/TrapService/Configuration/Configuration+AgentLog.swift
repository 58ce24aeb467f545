internal import TrapAgent
internal import TrapBatching

extension Configuration.Agent {
  /// `<log>` of `<agent>`: what NOTIFICATION-LOG-MIB shows of recent traps.
  package struct Log: Equatable, Sendable {
    /// What is shown of the variables of a trap that came encrypted.
    package enum Encrypted: String, CaseIterable, Sendable {
      /// None: who may read the agent need not be who may read the trap.
      case hide
      case show
    }

    /// Traps; 0: there is no log.
    package var entries = 1000
    /// Octets that they take together.
    package var limit = 1 << 20
    /// Nanoseconds that each is kept; 0: for as long as there is room.
    package var age: UInt64 = 24 * 3_600_000_000_000
    /// nlmLogName, 0 to 32 octets.
    package var name = ""
    package var encrypted = Encrypted.hide

    package init() {}

    /// Octets to count under the memory limit.
    var pinnedOctets: Int { entries == 0 ? 0 : limit }

    /// The least limit for so many entries.
    var leastLimit: Int { RecentTrapsLimits.leastOctets(entries: entries) + readerOctets }

    /// Of what the limit has to hold, what keeps the traps; nil: there is no log.
    var traps: RecentTrapsLimits? {
      entries == 0 ? nil : RecentTrapsLimits(entries: entries, octets: limit - readerOctets, age: age)
    }

    private var readerOctets: Int { entries * NotificationLog.octetsPerEntry }
  }
}
