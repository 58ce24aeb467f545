internal import Synchronization

/// The counters that account for every trap of one run, kept in a file that outlives the process.
///
/// The law, exact at rest (`Documentation/Ledger.md`):
/// - per listener `arrived = accepted + answered + Σ refused`;
/// - over all `accepted = waiting + held + placed + Σ unrouted`;
/// - per processing engine `routed = delivered + queued + in flight + Σ missed`.
package final class Ledger: Sendable {
  package static let fileName = "ledger"
  /// The former run's ledger, closed, as the present run found it.
  package static let formerFileName = "ledger.former"

  internal struct Slots {
    var listeners: [ListenerLedger] = []
    var engines: [EngineLedger] = []
    /// Names of engines that have gone, the longest gone first. Their lines stay until a newcomer needs the place.
    var departed: [String] = []
  }

  internal let mapping: LedgerMapping
  private let header: LedgerCells
  private let gauges: LedgerCells
  internal let slots: Mutex<Slots>
  package let classification: ClassificationLedger
  /// What thresholds can be set on, of this run.
  package let board = GaugeBoard()

  /// How the former run ended: nil where it closed its ledger itself, or where there was none.
  package let crashedRun: ClosedRun?

  /// The number of starts that this state directory has seen, this one included; 1 or more.
  package var boots: UInt64 { header[LedgerLayout.headerBoots] }
  /// When this run began, in nanoseconds since 1970.
  package var started: UInt64 { header[LedgerLayout.headerStarted] }
  /// True until `close`: the run still moves, or it died without closing.
  package var isOpen: Bool { header[LedgerLayout.headerState] == LedgerLayout.stateOpen }
  package var processID: UInt64 { header[LedgerLayout.headerProcess] }

  /// Opens the ledger for a new run. Where the former run did not close its own, closes it now and books what was
  /// inside under `crash`; `crashedRun` then holds that account.
  package static func open(directory: String?, now: UInt64, processID: Int32) throws(LedgerError) -> Ledger {
    guard let directory else {
      let memory = try LedgerMapping.anonymous(byteCount: LedgerLayout.byteCount)
      return Ledger(memory, newRunAt: now, processID: processID, crashedRun: nil)
    }
    let mapping = try LedgerMapping.file(directory + "/" + fileName, byteCount: LedgerLayout.byteCount)
    let crashed = try closeFormerRun(in: mapping, directory: directory, at: now)
    return Ledger(mapping, newRunAt: now, processID: processID, crashedRun: crashed)
  }

  /// Maps a ledger that a daemon keeps or kept, to read it; `former` is the run before that one.
  package static func read(directory: String, former: Bool = false) throws(LedgerError) -> Ledger {
    let path = directory + "/" + (former ? formerFileName : fileName)
    let mapping = try LedgerMapping.file(path, byteCount: LedgerLayout.byteCount, readOnly: true)
    let header = LedgerCells(mapping: mapping, firstCell: 0, count: LedgerLayout.headerCells)
    guard isLedger(header) else { throw .unusable(path: path, reason: "it is not a ledger of this version") }
    return Ledger(existing: mapping)
  }

  internal init(existing mapping: LedgerMapping) {
    self.mapping = mapping
    header = LedgerCells(mapping: mapping, firstCell: 0, count: LedgerLayout.headerCells)
    gauges = Ledger.gaugeCells(mapping)
    classification = Ledger.classificationCells(mapping)
    slots = Mutex(Slots(listeners: Ledger.listeners(in: mapping), engines: Ledger.engines(in: mapping)))
    crashedRun = nil
  }

  private init(_ mapping: LedgerMapping, newRunAt now: UInt64, processID: Int32, crashedRun: ClosedRun?) {
    self.mapping = mapping
    self.crashedRun = crashedRun
    header = LedgerCells(mapping: mapping, firstCell: 0, count: LedgerLayout.headerCells)
    let boots = Ledger.isLedger(header) ? Ledger.nextBoots(after: mapping, header) : 1
    // The header stays: a start that dies right here must not forget how many there were.
    mapping.erase(from: LedgerLayout.gaugesOffset)
    gauges = Ledger.gaugeCells(mapping)
    classification = Ledger.classificationCells(mapping)
    slots = Mutex(Slots())
    header.set(boots, at: LedgerLayout.headerBoots)
    header.set(now, at: LedgerLayout.headerStarted)
    header.set(UInt64(UInt32(bitPattern: processID)), at: LedgerLayout.headerProcess)
    header.set(LedgerLayout.stateOpen, at: LedgerLayout.headerState)
    header.set(LedgerLayout.format, at: LedgerLayout.headerFormat)
    header.set(LedgerLayout.magic, at: LedgerLayout.headerMagic)
    // Sequence numbers are seeded from the boots, so these must survive a power cut too.
    mapping.synchronize()
  }

  /// Sequence numbers of a run begin at its boots × 2³², so a run that placed more traps than that used up the numbers of
  /// the starts to come.
  private static func nextBoots(after mapping: LedgerMapping, _ header: LedgerCells) -> UInt64 {
    header[LedgerLayout.headerBoots] + 1 + (classificationCells(mapping).placed >> 32)
  }

  internal static func isLedger(_ header: LedgerCells) -> Bool {
    header[LedgerLayout.headerMagic] == LedgerLayout.magic && header[LedgerLayout.headerFormat] == LedgerLayout.format
  }

  /// Marks the run as ended in good order. Nothing may be counted afterwards.
  package func close(at now: UInt64) {
    header.set(now, at: LedgerLayout.headerClosed)
    header.set(LedgerLayout.stateClosed, at: LedgerLayout.headerState)
  }

  // MARK: - Lines

  package var listeners: [ListenerLedger] { slots.withLock { $0.listeners } }
  package var engines: [EngineLedger] { slots.withLock { $0.engines } }

  /// The listener's line, made at first asking. A name is cut at 63 octets.
  package func listener(_ name: String) throws(LedgerError) -> ListenerLedger {
    let found: ListenerLedger? = slots.withLock { slots in
      if let known = slots.listeners.first(where: { $0.name == name }) { return known }
      let index = slots.listeners.count
      guard index < LedgerLayout.listenerSlots else { return nil }
      Ledger.writeName(name, in: mapping, at: LedgerLayout.listenersOffset + index * LedgerLayout.slotOctets)
      let line = Ledger.listenerLine(index, name: name, in: mapping)
      slots.listeners.append(line)
      return line
    }
    guard var found else { throw .slotsExhausted(kind: "listener", limit: LedgerLayout.listenerSlots) }
    // Outside the lock: whoever watches gauges is told of new ones.
    found.gauges = ListenerGauges(board, found.name)
    return found
  }

  package subscript(gauge: Gauge) -> UInt64 { gauges[gauge.rawValue] }
  package func set(_ gauge: Gauge, _ value: UInt64) { gauges.set(value, at: gauge.rawValue) }
  package func add(_ gauge: Gauge, _ value: UInt64) { gauges.add(value, at: gauge.rawValue) }
}
