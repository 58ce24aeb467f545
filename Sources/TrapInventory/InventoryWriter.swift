internal import TrapBatching

/// Writes a draft within an open transaction.
internal final class InventoryWriter {
  /// How often progress is told, in sources.
  private static let stride = 1024

  private let connection: SQLiteConnection
  private let programs: InventoryProgramWriter
  private let find: SQLiteStatement
  private let attributes: SQLiteStatement
  private let put: SQLiteStatement
  private let putAttribute: SQLiteStatement
  private let dropAttributes: SQLiteStatement

  init(_ connection: SQLiteConnection) throws(InventoryError) {
    self.connection = connection
    programs = try InventoryProgramWriter(connection)
    find = try connection.prepare(
      "SELECT program, credentials, level, ttl, refused, prefix FROM sources WHERE bits = ?1 AND network = ?2")
    attributes = try connection.prepare(
      "SELECT name, value FROM attributes WHERE bits = ?1 AND network = ?2 ORDER BY name")
    put = try connection.prepare(
      "INSERT OR REPLACE INTO sources (bits, network, prefix, program, credentials, level, ttl, refused) "
        + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
    putAttribute = try connection.prepare(
      "INSERT INTO attributes (bits, network, name, value) VALUES (?1, ?2, ?3, ?4)")
    dropAttributes = try connection.prepare("DELETE FROM attributes WHERE bits = ?1 AND network = ?2")
  }

  /// Names that a source of the file may use beside those that the file defines.
  func programNames(replaces: Bool, draft: InventoryDraft) throws(InventoryError) -> Set<String> {
    var names = try programs.names()
    if replaces { names.formIntersection(draft.spoiledPrograms) }
    return names
  }

  func write(
    _ draft: InventoryDraft, replaces: Bool, into report: inout InventoryImportReport,
    _ progress: (InventoryProgress) -> Void
  ) throws(InventoryError) {
    report.programsChanged = try programs.write(draft.programs)
    // In the order of the primary key, which fills the pages one after the other.
    let blocks = draft.order.sorted {
      ($0.bits, $0.network.high, $0.network.low) < ($1.bits, $1.network.high, $1.network.low)
    }
    for (index, block) in blocks.enumerated() {
      try write(block, draft.sources[block]!, into: &report)
      if index % InventoryWriter.stride == 0 {
        progress(InventoryProgress(step: .writing, done: index, of: blocks.count))
      }
    }
    if replaces {
      report.removed = try removeOthers(than: Set(blocks).union(draft.spoiledSources))
      report.programsRemoved = try programs.removeOthers(than: Set(draft.programs.keys).union(draft.spoiledPrograms))
    }
    try programs.removeUnused()
    progress(InventoryProgress(step: .writing, done: blocks.count, of: blocks.count))
  }

  private func write(
    _ block: SourceBlock, _ source: InventoryDraft.Source, into report: inout InventoryImportReport
  ) throws(InventoryError) {
    let program = source.isRefused ? nil : try programs.number(of: source)
    let state = try compare(block, source, program: program)
    switch state {
    case .same:
      report.unchanged += 1
      return
    case .absent: report.added += 1
    case .other:
      report.changed += 1
      bind(dropAttributes, block)
      try dropAttributes.run()
    }
    bind(put, block)
    put.bind(block.prefix, at: 3)
    put.bind(program, at: 4)
    put.bind(source.credentials, at: 5)
    put.bind(source.level?.rawValue, at: 6)
    put.bind(source.timeToLive, at: 7)
    put.bind(source.isRefused ? 1 : 0, at: 8)
    try put.run()
    bind(putAttribute, block)
    for (name, value) in source.attributes {
      putAttribute.bind(name, at: 3)
      putAttribute.bind(value, at: 4)
      try putAttribute.run()
    }
  }

  private enum Comparison { case absent, same, other }

  private func compare(
    _ block: SourceBlock, _ source: InventoryDraft.Source, program: Int64?
  ) throws(InventoryError) -> Comparison {
    bind(find, block)
    guard try find.step() else { return .absent }
    let isSame =
      (find.isNull(0) ? nil : find.integer(0)) == program && find.text(1) == source.credentials
      && find.text(2) == source.level?.rawValue && (find.isNull(3) ? nil : find.integer(3)) == source.timeToLive
      && (find.integer(4) != 0) == source.isRefused && find.text(5) == block.prefix
    find.reset()
    guard isSame else { return .other }
    bind(attributes, block)
    var found: [String: String] = [:]
    while try attributes.step() { found[attributes.text(0) ?? ""] = attributes.text(1) }
    return found == source.attributes ? .same : .other
  }

  private func removeOthers(than kept: Set<SourceBlock>) throws(InventoryError) -> Int {
    var gone: [(bits: Int64, network: [UInt8])] = []
    let all = try connection.prepare("SELECT bits, network FROM sources")
    while try all.step() {
      let (bits, octets) = (all.integer(0), all.octets(1) ?? [])
      let block = SourceBlock(bits: bits, octets: octets)
      if block.map({ !kept.contains($0) }) ?? true { gone.append((bits, octets)) }
    }
    let drop = try connection.prepare("DELETE FROM sources WHERE bits = ?1 AND network = ?2")
    for (bits, network) in gone {
      for statement in [dropAttributes, drop] {
        statement.bind(bits, at: 1)
        statement.bind(network, at: 2)
        try statement.run()
      }
    }
    return gone.count
  }

  private func bind(_ statement: SQLiteStatement, _ block: SourceBlock) {
    statement.bind(Int64(block.bits), at: 1)
    statement.bind(block.network.octets, at: 2)
  }
}
