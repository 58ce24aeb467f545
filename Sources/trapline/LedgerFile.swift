internal import TrapLedger

/// The ledger's file in the daemon's state directory. Needs no daemon that answers, nor one that runs.
struct LedgerFile: LedgerSource {
  let directory: String
  /// The run before the present one.
  var former = false
  var name: String { directory + "/" + (former ? Ledger.formerFileName : Ledger.fileName) }

  func read() throws -> LedgerReading {
    do throws(LedgerError) {
      return LedgerReading(try Ledger.read(directory: directory, former: former))
    } catch {
      throw LedgerFileError(error, directory: directory, former: former)
    }
  }
}
