/// The metadata stage as `GET /v1/metadata` shows it.
package struct MetadataView: Codable, Sendable, Equatable {
  package struct Source: Codable, Sendable, Equatable {
    package var name: String
    /// `rules`, `sqlite`, `http`.
    package var kind: String
    /// `closed`: asked whenever a key misses. `open`: it failed, and is left alone until `probeSeconds` from now.
    /// `half-open`: one request is on its way to see whether it is back.
    package var circuit = "closed"
    package var probeSeconds: Double?
    package var outstanding = 0
    package var asked: UInt64 = 0
    package var keysAsked: UInt64 = 0
    package var failures: UInt64 = 0
    package var lastError: String?
    package init(name: String, kind: String) {
      self.name = name
      self.kind = kind
    }
  }

  package struct Cache: Codable, Sendable, Equatable {
    package var entries = 0
    package var octets = 0
    package var hits: UInt64 = 0
    package var misses: UInt64 = 0
    package var stale: UInt64 = 0
    package var evictions: UInt64 = 0
    package init() {}
  }

  package struct Holding: Codable, Sendable, Equatable {
    package var traps = 0
    package var octets = 0
    package var keys = 0
    package init() {}
  }

  package var sources: [Source] = []
  package var cache = Cache()
  package var holding = Holding()
  package init() {}
}
