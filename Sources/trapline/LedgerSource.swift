/// Where readings of a daemon's ledger come from.
protocol LedgerSource {
  var name: String { get }
  func read() throws -> LedgerReading
}
