internal import TrapControl

/// The metadata stage as a person wants to read it.
struct MetadataPage {
  let view: MetadataView
  let paint: Paint

  var lines: [String] { sourceLines + errorLines + ["", cacheLine, holdingLine] }

  /// A row for each source. The circuit stands last, since it may have a colour.
  var sourceLines: [String] {
    var table = TextTable()
    table.add("metadata", "kind", "requests", "keys", "failures", "outstanding")
    for source in view.sources {
      table.add([
        source.name, source.kind, Digits.grouped(source.asked), Digits.grouped(source.keysAsked),
        Digits.grouped(source.failures), Digits.grouped(source.outstanding),
      ])
    }
    let circuits = ["circuit"] + view.sources.map(circuit)
    return zip(table.lines(), circuits).map { $0 + "  " + $1 }
  }

  private func circuit(_ source: MetadataView.Source) -> String {
    switch source.circuit {
    case "closed": return paint("closed", .green)
    case "open": return paint("open", .red) + (source.probeSeconds.map { ", next try in \(Digits.seconds($0))" } ?? "")
    default: return paint(source.circuit, .yellow)
    }
  }

  private var errorLines: [String] {
    view.sources.compactMap { source in source.lastError.map { "  \(source.name): \($0)" } }
  }

  private var cacheLine: String {
    let cache = view.cache
    return "cache: \(Digits.grouped(cache.entries)) entries in \(Digits.octets(UInt64(max(cache.octets, 0)))), "
      + "\(Digits.grouped(cache.hits)) hits, \(Digits.grouped(cache.misses)) misses, "
      + "\(Digits.grouped(cache.stale)) served stale, \(Digits.grouped(cache.evictions)) evicted"
  }

  private var holdingLine: String {
    let holding = view.holding
    guard holding.traps > 0 || holding.keys > 0 else { return "holding: nothing waits for metadata" }
    return "holding: \(Digits.grouped(holding.traps)) traps of \(Digits.grouped(holding.keys)) keys wait for metadata, "
      + Digits.octets(UInt64(max(holding.octets, 0)))
  }
}
