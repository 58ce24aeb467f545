internal import Logging
internal import SNMPWire
internal import TrapBatching
internal import TrapClassification
internal import TrapInventory
internal import TrapSecurity

/// Answers requests from an inventory, opens it, and notices when it changes. One thread's own.
internal final class SQLiteMetadataReader {
  /// Lines about rows that cannot be read, for each state of the file.
  private static let complaintsMax = 10

  private let settings: SQLiteMetadataSettings
  private let programs: SQLiteMetadataPrograms
  private let log: Logger
  private let onChange: @Sendable () -> Void
  private var inventory: Inventory?
  /// What the file was like when it was last opened or looked at.
  private var mark: InventoryChangeMark?
  private var failure: InventoryError?
  private var loggedFailure: InventoryError?
  /// It was rows that could not be read: that the file opens again says nothing of these.
  private var failedReading = false
  /// Monotonic nanoseconds; until then a file that failed is left alone.
  private var retryAt: UInt64 = 0
  private var checkAt: UInt64 = 0
  private var complaints = 0

  init(
    _ settings: SQLiteMetadataSettings, routeSets: RouteSetTable, log: Logger, onChange: @escaping @Sendable () -> Void
  ) {
    self.settings = settings
    programs = SQLiteMetadataPrograms(routeSets: routeSets)
    self.log = log
    self.onChange = onChange
  }

  /// The whole answer, of one state of the file.
  func answer(_ request: MetadataRequest, now: UInt64) -> Result<MetadataAnswer, InventoryError> {
    do throws(InventoryError) {
      let inventory = try opened(now)
      let items = try inventory.read { () throws(InventoryError) in
        var items: [MetadataAnswer.Item] = []
        items.reserveCapacity(request.keys.count)
        for key in request.keys { items.append(try item(key, inventory)) }
        return items
      }
      tellAnswersAgain()
      return .success(MetadataAnswer(id: request.id, items: items))
    } catch {
      fail(error, isReading: inventory != nil, now)
      return .failure(error)
    }
  }

  /// Looks at whether the file has changed, once in `checkInterval`; opens it where it is not open.
  func check(now: UInt64) {
    guard now >= checkAt else { return }
    checkAt = now + settings.checkInterval
    do throws(InventoryError) {
      // What failed a moment ago is still its own answer.
      guard inventory != nil || now >= retryAt else { return }
      let current = try opened(now).changeMark()
      guard current != mark else { return }
      // Anew, whatever it was that changed: it may be another file under the same name, or one written over in place.
      inventory = nil
      log.info("metadata \(settings.name): \(settings.path) has changed")
      _ = try opened(now)
    } catch {
      fail(error, isReading: false, now)
    }
  }

  private func opened(_ now: UInt64) throws(InventoryError) -> Inventory {
    if let inventory { return inventory }
    if let failure, now < retryAt { throw failure }
    let patience = Int32(clamping: settings.patience / 1_000_000)
    let inventory = try Inventory(path: settings.path, patience: patience)
    let current = try inventory.openedMark()
    let isOther = mark.map { !$0.hasSameFiles(as: current) || failure == nil } ?? (failure != nil)
    if mark.map({ !$0.hasSameFiles(as: current) }) ?? true {
      complaints = 0
      try warnOfSecrets(inventory)
    }
    mark = current
    self.inventory = inventory
    failure = nil
    if !failedReading { tellAnswersAgain() }
    // The file that merely could not be read for a while says what it said: nobody has to forget that.
    if isOther { onChange() }
    return inventory
  }

  private func tellAnswersAgain() {
    failedReading = false
    guard loggedFailure != nil else { return }
    loggedFailure = nil
    log.notice("metadata \(settings.name): \(settings.path) answers again")
  }

  private func fail(_ error: InventoryError, isReading: Bool, _ now: UInt64) {
    inventory = nil
    // Within the pause the same failure comes again, of the opening that was not tried.
    if failure != error { failedReading = isReading }
    if failure == nil || now >= retryAt { retryAt = now + settings.checkInterval }
    failure = error
    guard loggedFailure != error else { return }
    loggedFailure = error
    log.error("metadata \(settings.name): \(error)")
  }

  private func item(_ key: MetadataKey, _ inventory: Inventory) throws(InventoryError) -> MetadataAnswer.Item {
    guard let entry = try inventory.lookup(key.source) else {
      // It may be added at any time, so it does not hold for long.
      return MetadataAnswer.Item(
        key: key, verdict: .program(programs.none), timeToLive: settings.unknownTimeToLive)
    }
    if entry.isRefused { return MetadataAnswer.Item(key: key, verdict: .refused) }
    if let problem = entry.program.problem {
      complain("the program of \(entry.prefix) cannot be read: \(problem); its traps go nowhere")
      return MetadataAnswer.Item(
        key: key, verdict: .program(programs.none), timeToLive: settings.unknownTimeToLive)
    }
    let (name, given) = try credentials(entry, inventory)
    let program = programs.program(
      of: entry, credentials: name, given: given, agent: try agent(of: key, inventory))
    return MetadataAnswer.Item(key: key, verdict: .program(program), timeToLive: entry.timeToLive)
  }

  /// A row that cannot be used gives none: SNMPv3 messages are then refused, and other traps come as ever.
  private func credentials(
    _ entry: InventoryEntry, _ inventory: Inventory
  ) throws(InventoryError) -> (name: String?, given: Credentials?) {
    guard let name = entry.credentials else { return (nil, nil) }
    guard let stated = try inventory.credentials(named: name) else { return (name, nil) }
    do throws(CredentialsMistake) { return (name, try programs.credentials(stated)) } catch {
      complain("the credentials \(name) cannot be used: \(error.problem); nobody has them")
      return (nil, nil)
    }
  }

  private func agent(of key: MetadataKey, _ inventory: Inventory) throws(InventoryError) -> SourceAddress? {
    guard let v3 = key.v3, let found = try inventory.agent(of: v3.engineID) else { return nil }
    if found == nil { complain("the agent of an engine is no address") }
    return found
  }

  private func complain(_ problem: String) {
    complaints += 1
    guard complaints <= SQLiteMetadataReader.complaintsMax else { return }
    log.warning(
      """
      metadata \(settings.name): \(settings.path): \(problem); see 'trapline inventory check'
      """
    )
  }

  private func warnOfSecrets(_ inventory: Inventory) throws(InventoryError) {
    guard try inventory.showsSecrets() else { return }
    log.warning(
      "metadata \(settings.name): \(settings.path) holds secrets, and others may read it; chmod 0640 it")
  }
}
