internal import TrapLedger

/// The ledger's file in the daemon's state directory. Needs no daemon that answers, nor one that runs.
struct LedgerFile: LedgerSource {
  let directory: String
  var name: String { directory + "/" + Ledger.fileName }

  func read() throws -> LedgerReading { LedgerReading(try Ledger.read(directory: directory)) }
}
