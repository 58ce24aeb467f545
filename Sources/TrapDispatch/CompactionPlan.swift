/// What of one or two neighbouring segments goes into the one that replaces them, and where it went.
internal struct CompactionPlan {
  /// One record that stays.
  struct Move {
    var from: Int
    var to: Int
    var route: UInt16
  }

  /// What tells the routes of the new segment apart.
  private struct RouteKey: Hashable {
    let segment: UInt64
    let route: UInt16
    let engines: EngineSet
  }

  /// The segments, oldest first, each with its moves, in order.
  private(set) var sources: [(segment: Segment, moves: [Move])] = []
  private(set) var routes: [SegmentRoute] = []
  private(set) var octets = 0
  private var routeOctets = 0
  private var indices: [RouteKey: UInt16] = [:]

  var capacity: Int { octets + routeOctets }
  var isEmpty: Bool { octets == 0 }

  mutating func begin(_ segment: Segment) { sources.append((segment, [])) }

  /// Keeps a record of the last begun segment; `engines` are those for which it is still queued.
  mutating func keep(_ header: RecordHeader, at offset: Int, for engines: EngineSet) {
    let last = sources.count - 1
    let segment = sources[last].segment
    let key = RouteKey(segment: segment.firstSequence, route: header.route, engines: engines)
    let route: UInt16
    if let known = indices[key] {
      route = known
    } else {
      route = UInt16(routes.count)
      routes.append(SegmentRoute(segment.routes[Int(header.route)].handle, engines: engines))
      routeOctets += routes.last!.charge
      indices[key] = route
    }
    sources[last].moves.append(Move(from: offset, to: octets, route: route))
    octets += header.recordSize
  }

  /// Copies what stays into a segment of exactly its size.
  func carryOut() -> Segment {
    let first = sources[0].segment
    let result = Segment(
      memory: SegmentMemory(capacity: capacity), firstSequence: first.firstSequence, opened: first.opened)
    for route in routes { result.addRoute(route) }
    for (segment, moves) in sources {
      for move in moves {
        var header = segment.memory.header(at: move.from)
        let sequence = segment.sequence(header)
        header.appendedTicks = result.ticks(at: segment.appendedAt(header))
        header.sequenceDelta = UInt32(sequence - result.firstSequence)
        header.route = move.route
        let takers = routes[Int(move.route)].engines
        let agent = segment.memory.agent(at: move.from, header)
        segment.memory.withOctets(at: move.from, header) { result.append(header, agent, $0, for: takers) }
      }
      for slot in segment.shares.indices { result.addShare(slot, segment.shares[slot]) }
    }
    return result
  }

  /// Where a record that stayed is now; for any other offset, where the next record that stayed is.
  func offset(of former: Int, in source: Int) -> Int {
    let moves = sources[source].moves
    var low = 0
    var high = moves.count
    while low < high {
      let middle = (low + high) / 2
      if moves[middle].from < former { low = middle + 1 } else { high = middle }
    }
    if low < moves.count { return moves[low].to }
    for later in sources[(source + 1)...] {
      if let next = later.moves.first { return next.to }
    }
    return octets
  }
}
