/// What became, at the stop, of the traps that were still on the way to their processing engines.
package struct DrainReport: Sendable, Equatable {
  package struct Row: Sendable, Equatable {
    package let engine: String
    /// Traps acknowledged during the drain.
    package let delivered: UInt64
    /// Traps left over, booked as `missed[stopped]`: never handed over, with the engine, or waiting for another try.
    package let queued: UInt64
    package let inFlight: UInt64
    package let retrying: UInt64
    package let lastError: String?

    package var leftOver: UInt64 { queued + inFlight + retrying }
  }

  package var rows: [Row]

  package var leftOver: UInt64 { rows.reduce(0) { $0 + $1.leftOver } }

  /// One line per engine, for the log.
  package var lines: [String] {
    rows.map { row in
      var line = "drain: processing engine \(row.engine): \(row.delivered) delivered, \(row.leftOver) left over"
      if row.leftOver > 0 {
        line +=
          " (\(row.queued) queued, \(row.inFlight) in flight, \(row.retrying) retrying), counted as missed[stopped]"
      }
      if row.leftOver > 0, let error = row.lastError { line += "; last error: \(error)" }
      return line
    }
  }
}
