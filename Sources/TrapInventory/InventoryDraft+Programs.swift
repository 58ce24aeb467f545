extension InventoryDraft {
  /// Sources that name a program that is neither in the file nor known are bad rows.
  mutating func dropUnknownPrograms(known: Set<String>) {
    for block in order where !spoiledSources.contains(block) {
      guard let source = sources[block], let program = source.program, !known.contains(program) else { continue }
      guard programs[program] == nil || spoiledPrograms.contains(program) else { continue }
      spoiledSources.insert(block)
      let isSpoiled = spoiledPrograms.contains(program)
      issues.append(
        InventoryRowIssue(
          source.line, "program",
          "\(InventoryValueMistake.quoted(program)) " + (isSpoiled ? "has bad rows" : "is no program"),
          isSpoiled ? "mend them" : "define it by rows with this program, engines, and no source"))
    }
    order.removeAll { spoiledSources.contains($0) }
    for program in spoiledPrograms { programs[program] = nil }
  }
}
