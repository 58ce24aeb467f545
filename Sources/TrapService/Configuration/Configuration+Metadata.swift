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

      package init() {}
    }

    /// `<requests>`: how a source is asked.
    package struct Requests: Equatable, Sendable {
      package var timeout: UInt64 = 2_000_000_000
      package var attempts = 3

      package init() {}
    }

    package var rules: [Rules] = []
    package var cache = Cache()
    package var requests = Requests()
    /// `<holding limit=…>`: octets of traps that wait for an answer; nil: derived.
    package var holdingLimit: Int?

    package init() {}
  }
}
