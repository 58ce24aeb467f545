internal import TrapAgent
internal import TrapLedger

/// The ledger's sums as the daemon's SNMP agent tells them. It knows of no single listener or processing engine.
struct LedgerAgent: LedgerSource {
  /// Where a daemon's agent answers unless its configuration says otherwise.
  static let standardAddress = "udp:127.0.0.1:1161"

  private static let counters = [
    "traplineArrived", "traplineAccepted", "traplineAnswered", "traplineRefused", "traplineUnrouted", "traplinePlaced",
    "traplineRouted", "traplineDelivered", "traplineMissed", "traplineHeld", "traplineInFlight",
    "traplineMemoryUsed", "traplineMemoryLimit", "traplineUpTime",
  ]
  /// The arc of the causes' subtree, below the module's root.
  private static let causes = TraplineMIB.defaultBaseOID + ".1.4"

  let name: String
  private let client: SNMPClient

  init(address: String, community: String) throws {
    name = address
    client = try SNMPClient(address: address, community: community)
  }

  func read() throws -> LedgerReading {
    let causes = try counts(Cause.allCases.map { "\(LedgerAgent.causes).\($0.rawValue).0" })
    let values = Dictionary(uniqueKeysWithValues: zip(LedgerAgent.counters, try counts(LedgerAgent.counters)))
    let counted = Dictionary(uniqueKeysWithValues: zip(Cause.allCases, causes))
    let by = { (tier: Cause.Tier) in
      Dictionary(uniqueKeysWithValues: Cause.causes(of: tier).map { ($0.name, counted[$0] ?? 0) }.filter { $0.1 > 0 })
    }
    let totals = LedgerReading.Totals(agent: values)
    let now = BlastClock.wall()
    return LedgerReading(
      boots: nil, started: now - (values["traplineUpTime"] ?? 0) * 10_000_000, processID: nil, isOpen: nil,
      totals: totals, refused: by(.refused), unrouted: by(.unrouted), missed: by(.missed), listeners: nil, engines: nil,
      gauges: [
        "memoryUsed": values["traplineMemoryUsed"] ?? 0, "memoryLimit": values["traplineMemoryLimit"] ?? 0,
      ])
  }

  private func counts(_ objects: [String]) throws -> [UInt64] {
    // Each request is answered from one snapshot. The causes are more than fit one, and are told by themselves anyway.
    var values: [SNMPValue] = []
    for start in stride(from: 0, to: objects.count, by: SNMPClient.objectsMax) {
      values += try client.get(Array(objects[start..<min(start + SNMPClient.objectsMax, objects.count)]))
    }
    return try zip(objects, values).map { object, value in
      switch value {
      case .unsigned(let count): count
      case .timeTicks(let ticks): UInt64(ticks)
      case .integer(let count) where count >= 0: UInt64(count)
      default: throw BlastError.noObject(agent: name, object: object)
      }
    }
  }
}

extension LedgerReading.Totals {
  fileprivate init(agent values: [String: UInt64]) {
    let value = { (name: String) in values["trapline" + name] ?? 0 }
    self.init(
      arrived: value("Arrived"), accepted: value("Accepted"), answered: value("Answered"), refused: value("Refused"),
      placed: value("Placed"), held: value("Held"), unrouted: value("Unrouted"),
      routed: value("Routed"), delivered: value("Delivered"), inFlight: value("InFlight"), missed: value("Missed"))
    // The law's remainders are worked out here too, and not taken on trust.
    undecided = Int64(bitPattern: arrived &- accepted &- answered &- refused)
    waiting = Int64(bitPattern: accepted &- placed &- unrouted &- held)
    queued = Int64(bitPattern: routed &- delivered &- inFlight &- missed)
  }
}
