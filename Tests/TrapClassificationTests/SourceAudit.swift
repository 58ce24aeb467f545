import TrapBatching
import TrapLedger

/// Adds up what the classification tells of sources, as the table of sources would.
final class SourceAudit {
  let buffer: InterprocessBuffer
  private(set) var arrived: [SourceAddress: UInt64] = [:]
  private(set) var refused: [SourceAddress: UInt64] = [:]
  private(set) var last: [SourceAddress: Int64] = [:]
  private(set) var trapOIDs: [SourceAddress: [UInt32]] = [:]

  init(bound: Int = 1 << 20) { buffer = InterprocessBuffer(bound: bound, board: GaugeBoard()) }

  func drain() {
    var list = buffer.spare()
    while buffer.take(&list) {
      for command in list.sources {
        arrived[command.source, default: 0] += command.arrived
        refused[command.source, default: 0] += command.refused
        last[command.source] = max(last[command.source] ?? 0, command.last)
        if !command.trapOID.isEmpty { trapOIDs[command.source] = command.trapOID.arcs }
      }
      list.removeAll()
    }
  }

  var totalArrived: UInt64 { arrived.values.reduce(0, +) + buffer.unattributed.arrived }
  var totalRefused: UInt64 { refused.values.reduce(0, +) + buffer.unattributed.refused }
}
