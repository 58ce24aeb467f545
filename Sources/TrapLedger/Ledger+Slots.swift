// Where the lines stand in the mapping, and how they are found again by a reader or by the next start.
extension Ledger {
  internal static func gaugeCells(_ mapping: LedgerMapping) -> LedgerCells {
    LedgerCells(mapping: mapping, firstCell: LedgerLayout.gaugesOffset / 8, count: LedgerLayout.gaugeCells)
  }

  internal static func classificationCells(_ mapping: LedgerMapping) -> ClassificationLedger {
    let first = LedgerLayout.classificationOffset / 8
    return ClassificationLedger(
      cells: LedgerCells(mapping: mapping, firstCell: first, count: LedgerLayout.classificationCells))
  }

  internal static func listenerLine(_ index: Int, name: String, in mapping: LedgerMapping) -> ListenerLedger {
    let offset = LedgerLayout.listenersOffset + index * LedgerLayout.slotOctets + LedgerLayout.nameOctets
    return ListenerLedger(
      name: name, cells: LedgerCells(mapping: mapping, firstCell: offset / 8, count: LedgerLayout.slotCells))
  }

  internal static func engineLine(_ index: Int, name: String, in mapping: LedgerMapping) -> EngineLedger {
    let offset = LedgerLayout.enginesOffset + index * LedgerLayout.slotOctets + LedgerLayout.nameOctets
    return EngineLedger(
      name: name, cells: LedgerCells(mapping: mapping, firstCell: offset / 8, count: LedgerLayout.slotCells))
  }

  internal static func listeners(in mapping: LedgerMapping) -> [ListenerLedger] {
    names(in: mapping, from: LedgerLayout.listenersOffset, slots: LedgerLayout.listenerSlots)
      .enumerated().map { listenerLine($0.offset, name: $0.element, in: mapping) }
  }

  internal static func engines(in mapping: LedgerMapping) -> [EngineLedger] {
    names(in: mapping, from: LedgerLayout.enginesOffset, slots: LedgerLayout.engineSlots)
      .enumerated().map { engineLine($0.offset, name: $0.element, in: mapping) }
  }

  internal static func writeName(_ name: String, in mapping: LedgerMapping, at offset: Int) {
    let octets = Array(name.utf8.prefix(LedgerLayout.nameOctets - 1))
    // A longer name may have stood there.
    mapping.writeOctets(octets + Array(repeating: 0, count: LedgerLayout.nameOctets - octets.count), at: offset)
  }

  /// Slots are taken in order, so the first without a name ends the list.
  private static func names(in mapping: LedgerMapping, from offset: Int, slots: Int) -> [String] {
    var names: [String] = []
    for slot in 0..<slots {
      let octets = mapping.readOctets(at: offset + slot * LedgerLayout.slotOctets, count: LedgerLayout.nameOctets)
      let name = octets.prefix { $0 != 0 }
      if name.isEmpty { break }
      names.append(String(decoding: name, as: UTF8.self))
    }
    return names
  }
}
