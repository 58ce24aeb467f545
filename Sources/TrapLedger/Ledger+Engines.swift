internal import Synchronization

// The lines of the processing engines. Engines come and go while the daemon runs, and there are 256 places.
extension Ledger {
  /// The line that holds the sum of the engines that went and whose places were needed. No engine can have this name.
  package static let departedName = "(departed)"

  /// The processing engine's line, made at first asking and kept by name, so that an engine that comes back goes on.
  ///
  /// Where all places are taken, the line of the engine that has been gone longest is added to the line of the departed.
  package func engine(_ name: String) throws(LedgerError) -> EngineLedger {
    let found = slots.withLock { slots -> EngineLedger? in
      slots.departed.removeAll { $0 == name }
      if let known = slots.engines.first(where: { $0.name == name }) { return known }
      // The last place is kept for the departed.
      if slots.engines.count < LedgerLayout.engineSlots - 1 { return addLine(name, &slots) }
      guard !slots.departed.isEmpty else { return nil }
      return replaceLine(of: slots.departed.removeFirst(), by: name, &slots)
    }
    guard var found else { throw .slotsExhausted(kind: "processing engine", limit: LedgerLayout.engineSlots - 1) }
    // Outside the lock: whoever watches gauges is told of new ones.
    found.gauges = EngineGauges(board, found.name)
    return found
  }

  /// Says that the engine has gone for now, and that its counters stand still. Its gauges go.
  package func release(engine name: String) {
    slots.withLock { slots in
      guard slots.engines.contains(where: { $0.name == name }), !slots.departed.contains(name) else { return }
      slots.departed.append(name)
    }
    for gauge in EngineGauges.names { board.remove(gauge, item: name) }
  }

  private func addLine(_ name: String, _ slots: inout Slots) -> EngineLedger {
    let index = slots.engines.count
    Ledger.writeName(name, in: mapping, at: LedgerLayout.enginesOffset + index * LedgerLayout.slotOctets)
    let line = Ledger.engineLine(index, name: name, in: mapping)
    slots.engines.append(line)
    return line
  }

  private func replaceLine(of former: String, by name: String, _ slots: inout Slots) -> EngineLedger {
    if !slots.engines.contains(where: { $0.name == Ledger.departedName }) { _ = addLine(Ledger.departedName, &slots) }
    let sum = slots.engines.first { $0.name == Ledger.departedName }!
    let index = slots.engines.firstIndex { $0.name == former }!
    sum.add(slots.engines[index])
    slots.engines[index].clear()
    Ledger.writeName(name, in: mapping, at: LedgerLayout.enginesOffset + index * LedgerLayout.slotOctets)
    let line = Ledger.engineLine(index, name: name, in: mapping)
    slots.engines[index] = line
    return line
  }
}
