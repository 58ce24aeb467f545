internal import TrapLedger

/// What the event queue knows of one registered processing engine. Lives inside the queue's lock.
internal final class EngineBacklog {
  let name: String
  let tenancy: UInt32
  let ledger: EngineLedger
  var settings: DeliverySettings
  /// No further traps are routed to the engine.
  var isClosed = false
  /// The next record that was not fetched; records before it are the engine's no more, or in flight.
  var cursor: QueueCursor
  /// Records at or after the cursor, and their octets.
  var queued = 0
  var queuedOctets = 0
  /// Records in batches that the engine has not answered for, and their octets.
  var inFlight = 0
  var inFlightOctets = 0
  var batches: [DeliveryBatch] = []
  /// Not yet reported, in the order of their sequence numbers. Two neighbours have a queued record between them.
  var gaps: [Gap] = []
  /// Sequence number of the newest record that was stored for the engine.
  var newest: UInt64 = 0
  /// Routed, but not yet in the ledger; always added before the lock is released, and before any part.
  var routedPending: UInt64 = 0
  /// Lost, and in the ledger, but not yet told to whoever watches: with what else changed.
  private var untoldMissed: UInt64 = 0
  /// Routed since `culled` was last brought up to date, and what had been placed by then, the engine's and others'.
  var routedSinceCulled: UInt64 = 0
  var placedSeen: UInt64 = 0

  init(name: String, tenancy: UInt32, ledger: EngineLedger, settings: DeliverySettings, cursor: QueueCursor) {
    self.name = name
    self.tenancy = tenancy
    self.ledger = ledger
    self.settings = settings
    self.cursor = cursor
  }

  var octets: Int { queuedOctets + inFlightOctets }

  func flushRouted() {
    guard routedPending > 0 else { return }
    ledger.addRouted(routedPending)
    routedSinceCulled += routedPending
    routedPending = 0
  }

  /// Brings the line up to date with what was appended.
  func publishRouted() {
    flushRouted()
    publishLag()
  }

  /// Brings what is watched up to date: once for all that changed under one hold of the queue's lock.
  func publishLag() {
    ledger.setLag(octets: octets, traps: queued + inFlight)
    guard untoldMissed > 0 else { return }
    ledger.tellMissed(untoldMissed)
    untoldMissed = 0
  }

  func publishInFlight() { ledger.setInFlight(UInt64(inFlight), octets: inFlightOctets) }

  /// The bounds are what percentages are of.
  func publishLimits() {
    ledger.gauges?.lagOctets.limit = Int64(settings.bound)
    ledger.gauges?.inFlightOctets.limit = Int64(settings.outstandingOctets)
  }

  /// `placed`: all traps that were ever placed.
  func publishCulled(placed: UInt64) {
    let fresh = placed - placedSeen
    placedSeen = placed
    if fresh > routedSinceCulled { ledger.addCulled(fresh - routedSinceCulled) }
    routedSinceCulled = 0
  }

  /// Counts traps that others were never offered: those of a late start, and those of a replay.
  func addRoutedAlone(_ count: UInt64) {
    ledger.addRouted(count)
    ledger.setLagOctets(UInt64(octets))
  }

  /// Counts a record that was stored for the engine. True where it is the first one, or makes a batch full.
  func store(_ sequence: UInt64, _ size: Int) -> Bool {
    let (before, octetsBefore) = (queued, queuedOctets)
    queued = before + 1
    queuedOctets = octetsBefore + size
    newest = sequence
    return before == 0 || before + 1 == settings.batchTraps
      || octetsBefore < settings.batchOctets && octetsBefore + size >= settings.batchOctets
  }

  /// Books the loss of the oldest queued record.
  func loseOldest(sequence: UInt64, received: Int64, cause: Cause) {
    flushRouted()
    ledger.countMissed(1, cause)
    untoldMissed += 1
    var index = gaps.firstIndex { $0.first > sequence } ?? gaps.count
    gaps.insert(
      Gap(count: 1, first: sequence, last: sequence, from: received, until: received, cause: cause), at: index)
    // Nothing that is queued lies before the oldest queued record, so all gaps before it are one.
    while index > 0 && joinGap(at: index) { index -= 1 }
  }

  /// Books the loss of a trap that is newer than everything that is queued.
  func loseNewest(sequence: UInt64, received: Int64, cause: Cause) {
    flushRouted()
    ledger.countMissed(1, cause)
    untoldMissed += 1
    let isBehindRecord = queued > 0 && newest > gaps.last?.last ?? 0
    gaps.append(Gap(count: 1, first: sequence, last: sequence, from: received, until: received, cause: cause))
    if !isBehindRecord && gaps.count > 1 { _ = joinGap(at: gaps.count - 1) }
  }

  /// Makes one of the gap and its predecessor; false where their causes differ.
  private func joinGap(at index: Int) -> Bool {
    let later = gaps[index]
    guard gaps[index - 1].cause == later.cause else { return false }
    gaps[index - 1].count += later.count
    gaps[index - 1].last = later.last
    gaps[index - 1].until = later.until
    gaps.remove(at: index)
    return true
  }
}
