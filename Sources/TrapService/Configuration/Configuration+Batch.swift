extension Configuration {
  /// `<batch>`: due at so many traps, so many octets, or so long after its first trap.
  package struct Batch: Equatable, Sendable {
    package var traps: Int
    package var octets: Int
    package var maxWait: UInt64

    package init(traps: Int, octets: Int, maxWait: UInt64) {
      self.traps = traps
      self.octets = octets
      self.maxWait = maxWait
    }
  }
}
