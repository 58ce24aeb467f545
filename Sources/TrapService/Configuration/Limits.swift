package import TrapBatching

/// How the bounds add up under `memory limit`, all in octets of pinned capacity.
///
/// What is not written is derived: each listener's batch queue shares 1/8 of the limit, held traps get 1/8, the
/// metadata cache 1/16, and the event queue what is left after these and the fixed costs.
package struct Limits: Equatable, Sendable {
  package struct Listener: Equatable, Sendable {
    package let name: String
    package let queue: BatchLimits
    /// Of all its lanes.
    package let receiveVectors: Int
  }

  package struct Engine: Equatable, Sendable {
    package let name: String
    /// Octets of the event queue routed to it.
    package let bound: Int
    /// Below this it loses nothing when others fill the event queue.
    package let reserve: Int
    /// Batches handed over and what they are formatted into.
    package let buffers: Int
  }

  /// The ledger, the agent, the configuration and its rules, threads' stacks.
  package static let fixedCosts = 16 << 20
  /// One lane receives up to 64 datagrams of up to 65,535 octets at a time.
  package static let receiveVectorOctets = 64 * 65_536
  /// What one engine formats its output in.
  package static let formatOctets = 1 << 20
  /// Less is no event queue.
  package static let leastEventQueue = 4 << 20

  package let memoryLimit: Int
  package let listeners: [Listener]
  package let holding: Int
  package let cache: Int
  /// Shared by all engines; not positive where the rest leaves no room, which `LimitsCheck` refuses.
  package let eventQueue: Int
  package let engines: [Engine]
}

extension Limits {
  /// One line of the sum: what it is for, and its octets.
  package struct Row: Equatable, Sendable {
    package let name: String
    package let octets: Int
  }

  /// Everything that counts against `memoryLimit`. Bounds and reserves of engines are parts of the event queue.
  package var rows: [Row] {
    var rows = [Row(name: "fixed costs", octets: Limits.fixedCosts)]
    for listener in listeners {
      rows.append(Row(name: "listener \(listener.name): receive vectors", octets: listener.receiveVectors))
      rows.append(Row(name: "listener \(listener.name): batch queue", octets: listener.queue.bound))
    }
    rows.append(Row(name: "held traps", octets: holding))
    rows.append(Row(name: "metadata cache", octets: cache))
    for engine in engines { rows.append(Row(name: "engine \(engine.name): buffers", octets: engine.buffers)) }
    rows.append(Row(name: "event queue", octets: eventQueue))
    return rows
  }

  package var total: Int { rows.reduce(0) { $0 + $1.octets } }
}
