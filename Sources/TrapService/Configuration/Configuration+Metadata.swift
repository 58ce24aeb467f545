extension Configuration {
  /// `<metadata>`: the sources that say where a trap goes, and what is kept of their answers.
  package struct Metadata: Equatable, Sendable {
    /// `<cache>`: answers kept.
    package struct Cache: Equatable, Sendable {
      /// Octets; nil: derived.
      package var limit: Int?
      package var ttl: UInt64 = 300_000_000_000
      /// For a key that the source knows nothing of.
      package var negativeTTL: UInt64 = 10_000_000_000
      /// How long before its end an answer in use is asked for anew; 0: only when it has ended. Shorter than `ttl`.
      package var refreshAhead: UInt64 = 30_000_000_000
      /// How long past its end an answer serves while its source is down; 0: not at all.
      package var staleFor: UInt64 = 3_600_000_000_000

      package init() {}
    }

    /// `<requests>`: how a source is asked.
    package struct Requests: Equatable, Sendable {
      package var timeout: UInt64 = 2_000_000_000
      package var attempts = 3
      /// Pause before asking again; doubled each time.
      package var backoff: UInt64 = 500_000_000
      /// Keys that travel in one request …
      package var keys = 100
      /// … and how long the first of them waits for company.
      package var maxWait: UInt64 = 20_000_000
      /// Requests asked and not answered, of each source.
      package var outstanding = 4

      package init() {}
    }

    /// At least one, in the order of the file; no two have the same name.
    package var sources: [MetadataSource] = []
    package var cache = Cache()
    package var requests = Requests()
    /// `<holding limit=…>`: octets of traps that wait for an answer; nil: derived.
    package var holdingLimit: Int?
    /// `<unanswered>`: where traps go whose key nobody answered for; nil: they are unrouted, and counted so.
    package var unanswered: Rules.Default?

    package init() {}

    /// Those of `sources` that are rules.
    package var rules: [Rules] {
      sources.compactMap { if case .rules(let rules) = $0 { rules } else { nil } }
    }
  }
}
