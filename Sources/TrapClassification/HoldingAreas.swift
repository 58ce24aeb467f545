internal import TrapBatching
internal import TrapLedger

/// The keys that metadata is being asked for, and the traps that wait for the answers. Pure: no clock, no thread.
///
/// - A key has one outstanding request; keys that miss together share one. A request's ID names its holding area.
/// - A source's held traps are one queue in the area of the oldest unresolved key, so that no trap passes an older one
///   of its source. When that key is settled the queue is emptied from its head to the next unresolved key, and what
///   is left stands in that key's area.
/// - Everything counts against one bound of pinned octets. What finds no room is dropped by the caller, newest first,
///   so that the bound never changes an order. Half of the bound is reserved in equal parts for the sources of metadata,
///   so that the held traps of one that is down leave room for those of the others.
internal struct HoldingAreas: ~Copyable {
  /// The estimate for one pending key: its place among the pending, in its request, and in its source later.
  static let keyOctets = 4 * MemoryLayout<MetadataKey>.stride
  /// The estimate for one source more that waits for a key.
  static let waiterOctets = 2 * MemoryLayout<SourceAddress>.stride + 16

  var limits: HoldingLimits
  var assignment: MetadataAssignment
  var desks: [RequestDesk]
  var requests: [UInt64: OutstandingRequest] = [:]
  var pending: [MetadataKey: PendingKey] = [:]
  var lastID: UInt64
  /// For jitter; seeded by the first ID, so that a run can be repeated.
  var jitter: UInt64
  /// Changes of circuits that nobody was told of yet.
  var notices: [MetadataNotice] = []
  /// Desks whose circuits have opened.
  var opened: [Int] = []
  private var sources: [SourceAddress: HeldSource] = [:]
  private(set) var pinnedOctets = 0
  private(set) var heldTraps = 0
  /// Those among them that are not accepted yet.
  private(set) var heldDeferred = 0
  /// Those that `held` of the ledger counts.
  var heldAccepted: UInt64 { UInt64(heldTraps - heldDeferred) }

  let board: GaugeBoard?

  /// `board`: where the gauges of the sources of metadata are.
  init(limits: HoldingLimits, assignment: MetadataAssignment, firstID: UInt64 = 1, board: GaugeBoard? = nil) {
    self.limits = limits
    self.assignment = assignment
    self.board = board
    desks = assignment.sources.map { RequestDesk($0, board: board) }
    lastID = firstID - 1
    jitter = firstID
  }

  var isEmpty: Bool { sources.isEmpty && pending.isEmpty }

  func isHeld(_ source: SourceAddress) -> Bool { !sources.isEmpty && sources[source] != nil }

  func heldSource(_ source: SourceAddress) -> HeldSource? { sources[source] }

  var heldSources: [HeldSource] { Array(sources.values) }

  // MARK: - In

  /// Copies one trap to the end of its source's queue. `known`: what serves its key already; where nothing does, the
  /// key is asked for with the next request. False: the bound is reached, and nothing has changed.
  ///
  /// From here on every key of the queue is either pending or found, so that a release asks for nothing new and no
  /// trap waits longer than its own key's `holdMax`.
  mutating func hold(
    _ facts: ArrivalFacts, _ datagram: Span<UInt8>, key: MetadataKey, known: Resolution?, now: UInt64
  ) -> Bool {
    let queue = sources[facts.source]
    precondition(queue != nil || known == nil, "a trap of a known key opens no holding area")
    let isFound = queue?.found[key] != nil
    let asks = known == nil && !isFound && pending[key] == nil
    let keeps = known != nil && !isFound
    let joins = known == nil && !isFound && mustJoin(key, facts.source)
    let fixed =
      (queue == nil ? HeldSource.pinnedOctets : 0) + (asks || keeps ? HoldingAreas.keyOctets : 0)
      + (joins ? HoldingAreas.waiterOctets : 0)
    let desk = queue?.desk ?? assignment.index(of: key.listener)
    let room = room(for: desk) - fixed
    guard let growth = growth(of: queue, for: datagram.count, room: room) else { return false }
    let source = queue ?? open(facts.source, blockedOn: key, desk: desk)
    if growth.entries > 0 {
      source.grow(octets: growth.octets, entries: growth.entries)
      charge(HeldChunk.pinnedOctets(octetCapacity: growth.octets, entryCapacity: growth.entries), to: desk)
    }
    source.append(facts, datagram)
    heldTraps += 1
    if facts.isDeferred { heldDeferred += 1 }
    if asks { addKey(key, since: now, now: now) }
    if joins { join(key, facts.source) }
    if keeps { remember(key, known!, for: source) }
    return true
  }

  private func mustJoin(_ key: MetadataKey, _ source: SourceAddress) -> Bool {
    key.source != source && pending[key]?.waiters.contains(source) != true
  }

  /// This source waits for a pending key, whose own address is another.
  private mutating func join(_ key: MetadataKey, _ source: SourceAddress) {
    guard mustJoin(key, source) else { return }
    pending[key]!.waiters.insert(source)
    charge(HoldingAreas.waiterOctets, to: assignment.index(of: key.listener))
  }

  /// The chunk that one more datagram makes necessary, of no entries where it makes none; nil where there is no room.
  private func growth(of queue: HeldSource?, for octets: Int, room: Int) -> (octets: Int, entries: Int)? {
    guard room >= 0 else { return nil }
    for least in [false, true] {
      let wanted =
        queue == nil
        ? HeldSource.growth(for: octets, least: least) : queue!.growth(for: octets, least: least)
      guard let wanted else { return (0, 0) }
      if HeldChunk.pinnedOctets(octetCapacity: wanted.octets, entryCapacity: wanted.entries) <= room { return wanted }
    }
    return nil
  }

  /// Asks for a key that no trap waits for. At the bound it is not asked for; a later hit will try again.
  mutating func refresh(_ key: MetadataKey, now: UInt64) {
    guard pending[key] == nil, room(for: assignment.index(of: key.listener)) >= HoldingAreas.keyOctets else { return }
    addKey(key, since: now, now: now)
  }

  private mutating func open(_ address: SourceAddress, blockedOn key: MetadataKey, desk: Int) -> HeldSource {
    let source = HeldSource(address: address, blockedOn: key, desk: desk)
    sources[address] = source
    charge(HeldSource.pinnedOctets, to: desk)
    return source
  }

  /// Octets that one more trap or key for this desk may pin: what is free, less what others have in reserve.
  private func room(for desk: Int) -> Int {
    let reserve = limits.bound / 2 / desks.count
    var room = limits.bound - pinnedOctets
    for other in desks.indices where other != desk { room -= max(0, reserve - desks[other].pinnedOctets) }
    return room
  }

  private mutating func charge(_ octets: Int, to desk: Int) {
    pinnedOctets += octets
    desks[desk].pinnedOctets += octets
  }

  /// Other sources of metadata serve the listeners: counts anew what is pinned for each.
  mutating func recount() {
    for desk in desks.indices { desks[desk].pinnedOctets = 0 }
    pinnedOctets = 0
    for (key, waiting) in pending { charge(pinned(by: waiting), to: assignment.index(of: key.listener)) }
    for source in sources.values {
      source.desk = assignment.index(of: source.blockedOn.listener)
      charge(pinned(by: source), to: source.desk)
    }
  }

  private func pinned(by waiting: PendingKey) -> Int {
    HoldingAreas.keyOctets + waiting.waiters.count * HoldingAreas.waiterOctets
  }

  private func pinned(by source: HeldSource) -> Int {
    source.chunkOctets + HeldSource.pinnedOctets + source.found.count * HoldingAreas.keyOctets
  }

  /// A key that is pending already stays in its request.
  mutating func addKey(_ key: MetadataKey, since: UInt64, now: UInt64) {
    guard pending[key] == nil else { return }
    charge(HoldingAreas.keyOctets, to: assignment.index(of: key.listener))
    enqueue(key, since: since, now: now)
  }

  // MARK: - Out

  /// The key is pending no longer. Returns the held sources that waited for it; nil: it was not pending.
  mutating func settle(_ key: MetadataKey) -> [HeldSource]? {
    guard let settled = pending.removeValue(forKey: key) else { return nil }
    charge(-pinned(by: settled), to: assignment.index(of: key.listener))
    closeKey(of: settled.request)
    let own = sources[key.source].map { [$0] } ?? []
    return settled.waiters.isEmpty ? own : own + settled.waiters.compactMap { sources[$0] }
  }

  /// Keeps what was found of a key while an older one of its source is still open.
  mutating func remember(_ key: MetadataKey, _ resolution: Resolution, for source: HeldSource) {
    if source.found[key] == nil { charge(HoldingAreas.keyOctets, to: source.desk) }
    source.remember(key, resolution)
  }

  mutating func dropHead(of source: HeldSource) {
    let deferred = source.deferred
    charge(-source.dropHead(), to: source.desk)
    heldTraps -= 1
    heldDeferred -= deferred - source.deferred
  }

  /// The queue's head waits for this key from now on. It is being asked for already, unless what keys are made of has
  /// changed since the trap was held.
  mutating func block(_ source: HeldSource, on key: MetadataKey, now: UInt64) {
    addKey(key, since: now, now: now)
    join(key, source.address)
    source.blockedOn = key
  }

  /// The queue is empty, or what is left of it is given up: returns how many traps that are.
  @discardableResult
  mutating func close(_ source: HeldSource) -> Int {
    let left = source.count
    heldTraps -= left
    heldDeferred -= source.deferred
    charge(-pinned(by: source), to: source.desk)
    sources[source.address] = nil
    return left
  }

  /// What held sources remember was found before the metadata changed: it is asked for anew.
  mutating func forgetFound(now: UInt64, _ predicate: (SourceAddress) -> Bool) {
    for source in sources.values {
      for key in source.found.keys where predicate(key.source) {
        charge(-HoldingAreas.keyOctets, to: source.desk)
        source.forgetFound(key)
        addKey(key, since: now, now: now)
        join(key, source.address)
      }
    }
  }

  /// Gives everything up: returns how many traps were held. Answers still to come name no known request.
  mutating func abandon() -> Int {
    let left = heldSources.reduce(0) { $0 + close($1) }
    for (key, waiting) in pending { charge(-pinned(by: waiting), to: assignment.index(of: key.listener)) }
    pending.removeAll()
    requests.removeAll()
    for desk in desks.indices { desks[desk].forgetAll() }
    return left
  }
}
