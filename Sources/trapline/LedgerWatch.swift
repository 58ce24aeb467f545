/// Waits until a daemon's ledger is at rest.
struct LedgerWatch {
  let source: any LedgerSource
  /// Nanoseconds at most.
  let limit: UInt64

  /// Nanoseconds between two readings.
  private static let pause: UInt64 = 100_000_000
  /// A ledger that has not moved for so many readings, with all traps arrived or not, is as it will stay.
  private static let stillReadings = 20

  /// The last reading, and how long rest took; nil where the limit came first.
  func settle(arrivedAtLeast: UInt64) throws -> (reading: LedgerReading, took: UInt64?) {
    let start = BlastClock.now()
    var (former, still) = (LedgerReading.Totals(), 0)
    while true {
      let reading = try source.read()
      let took = BlastClock.now() - start
      still = reading.totals == former ? still + 1 : 0
      former = reading.totals
      if reading.isAtRest, reading.totals.arrived >= arrivedAtLeast || still >= LedgerWatch.stillReadings {
        return (reading, took)
      }
      if took >= limit { return (reading, nil) }
      BlastClock.sleep(until: BlastClock.now() + LedgerWatch.pause)
    }
  }
}
