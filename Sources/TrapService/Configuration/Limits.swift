package import TrapArrival
package import TrapBatching
internal import TrapSecurity

/// How the bounds add up under `memory limit`, all in octets of pinned capacity.
///
/// What is not written is derived: each listener's batch queue shares 1/8 of the limit, held traps get 1/8, the
/// metadata cache 1/16, localized keys and polls up to 1/16 each, what is known of remote engines up to 1/32, the table of
/// sources 1/32, repeats less, and the event queue what is left after these, the fixed costs and the buffers of all adapters.
package struct Limits: Equatable, Sendable {
  package struct Listener: Equatable, Sendable {
    package let name: String
    package let queue: BatchLimits
    /// Of all its lanes; 0 where its transport is not `udp`.
    package let receiveVectors: Int
    /// Messages being received, of all its connections; 0 where its transport has none.
    package let connections: Int
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

  package struct Security: Equatable, Sendable {
    /// Remote engines whose boots and time are remembered: a number, of `engineOctets` each.
    package let engines: Int
    /// Of localized keys.
    package let keys: Int
    /// What tells a repeated message from a new one.
    package let repeats: Int
    /// The same of informs.
    package let informRepeats: Int

    package var enginesOctets: Int { engines * Limits.engineOctets }
    /// What verification keeps.
    package var verification: Int { enginesOctets + keys + repeats }
    package var total: Int { verification + informRepeats }
  }

  /// What is known of sources, and what of it is on its way.
  package struct Observation: Equatable, Sendable {
    /// Rows of the table of sources.
    package let sources: Int
    /// Commands of the interprocess buffer, without those that its producers keep.
    package let buffer: Int
    /// What the classification and each lane have not told yet.
    package let producers: Int
  }

  package struct MetadataSource: Equatable, Sendable {
    package let name: String
    /// Answers being received, or pages of a database.
    package let buffers: Int
    /// What to lower; nil for what is fixed.
    package let setting: String?
  }

  /// The ledger, the agent, the configuration and its rules, threads' stacks.
  package static let fixedCosts = 16 << 20
  /// One lane receives up to 64 datagrams of up to 65,535 octets at a time.
  package static let receiveVectorOctets = 64 * 65_536
  /// A message of a connection is gathered whole: the longest there is.
  package static let streamOctets = 64 << 10
  /// A remote SNMP engine's boots and time, with its ID.
  package static let engineOctets = USMVerifier.Limits.engineOctets
  /// What one engine formats its output in.
  package static let formatOctets = 1 << 20
  /// What an API connection is read into and written from.
  package static let connectionOctets = 16 << 10
  /// Bodies of all the API's requests under way: `BodyBudget` of `TrapAPI`.
  package static let bodyOctets = 18 << 20
  /// Of all processing engines that registered at run time together: what their batches are formatted into.
  package static let registrationOctets = 8 << 20
  /// An HTTP body is whole in memory: JSON is up to so many times its datagrams …
  package static let jsonFactor = 6
  /// … and a raw record, with its arrival facts.
  package static let rawFactor = 2
  /// Answers of metadata that classification has not read yet.
  package static let answersOctets = 4 << 20
  /// What is remembered of who subscribed to what, where anybody may.
  package static let subscriptionOctets = 4 << 20
  /// What a `<forward>` knows loops and answered informs by, however little it sends.
  package static let forwardOctets = 5 << 20
  /// Less is no event queue.
  package static let leastEventQueue = 4 << 20

  package let memoryLimit: Int
  package let listeners: [Listener]
  package let security: Security
  /// Responses and Reports to who sends informs and asks for our engine ID.
  package let answering: AnswerSettings
  package let holding: Int
  package let cache: Int
  /// Answers not yet read, and the slab that released traps are placed from.
  package let answers: Int
  package let sources: [MetadataSource]
  /// 0 where no engine of the file subscribes or filters, and none can come.
  package let subscriptions: Int
  /// 0 without an API, as `registrations` is.
  package let api: Int
  package let registrations: Int
  /// Requests that wait for agents and what these have answered; 0 without a token, which polls need.
  package let polls: Int
  /// Events that wait for managers and programs.
  package let monitor: Int
  package let observation: Observation
  /// Recent traps that the agent shows; 0 without an agent, or a log.
  package let notificationLog: Int
  /// Rows that managers make in the agent's tables; 0 without an agent.
  package let agentRows: Int
  /// Shared by all engines; not positive where the rest leaves no room, which `LimitsCheck` refuses.
  package let eventQueue: Int
  package let engines: [Engine]
}

extension Limits {
  /// One line of the sum: what it is for, and its octets.
  package struct Row: Equatable, Sendable {
    package let name: String
    package let octets: Int
    /// What of the configuration to lower for less; nil for what is fixed.
    package var setting: String?
  }

  /// Everything that counts against `memoryLimit`. Bounds and reserves of engines are parts of the event queue.
  package var rows: [Row] {
    var rows = [Row(name: "fixed costs", octets: Limits.fixedCosts)]
    for listener in listeners {
      if listener.connections > 0 {
        rows.append(
          Row(name: "listener \(listener.name): connections", octets: listener.connections, setting: "connections"))
      } else {
        rows.append(
          Row(name: "listener \(listener.name): receive vectors", octets: listener.receiveVectors, setting: "lanes"))
      }
      rows.append(
        Row(
          name: "listener \(listener.name): batch queue", octets: listener.queue.bound,
          setting: "the listener's queue limit"))
    }
    rows.append(
      Row(name: "security: remote engines", octets: security.enginesOctets, setting: "security engines"))
    rows.append(Row(name: "security: localized keys", octets: security.keys, setting: "security keys"))
    rows.append(Row(name: "security: repeats", octets: security.repeats, setting: "security repeats"))
    rows.append(Row(name: "informs: repeats", octets: security.informRepeats, setting: "informs repeats"))
    rows.append(Row(name: "informs: answers and discoveries", octets: answering.pinnedOctets))
    rows.append(Row(name: "held traps", octets: holding, setting: "holding limit"))
    rows.append(Row(name: "metadata cache", octets: cache, setting: "cache limit"))
    rows.append(Row(name: "metadata answers", octets: answers))
    for source in sources where source.buffers > 0 {
      rows.append(Row(name: "metadata \(source.name): buffers", octets: source.buffers, setting: source.setting))
    }
    if subscriptions > 0 { rows.append(Row(name: "subscriptions: decisions", octets: subscriptions)) }
    if api > 0 { rows.append(Row(name: "api: connections and bodies", octets: api, setting: "api connections")) }
    if registrations > 0 {
      rows.append(Row(name: "api: registrations", octets: registrations, setting: "api registrations, to 0"))
    }
    if polls > 0 { rows.append(Row(name: "api: polls", octets: polls)) }
    if monitor > 0 { rows.append(Row(name: "monitor: events", octets: monitor)) }
    rows.append(Row(name: "sources: table", octets: observation.sources, setting: "sources limit"))
    rows.append(Row(name: "sources: interprocess buffer", octets: observation.buffer + observation.producers))
    if notificationLog > 0 {
      rows.append(Row(name: "agent: recent traps", octets: notificationLog, setting: "the agent's log limit"))
    }
    if agentRows > 0 { rows.append(Row(name: "agent: rows of managers", octets: agentRows)) }
    for engine in engines {
      rows.append(
        Row(
          name: "engine \(engine.name): buffers", octets: engine.buffers,
          setting: "the engine's throttle outstanding or batch max-bytes"))
    }
    rows.append(Row(name: "event queue", octets: eventQueue))
    return rows
  }

  package var total: Int { rows.reduce(0) { $0 + $1.octets } }
}
