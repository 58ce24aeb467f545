internal import Testing

@testable internal import trapline

@Suite("Rates between two readings")
struct StatusRatesTests {
  @Test("what was counted in between, a second, by cause, listener and engine")
  func rates() throws {
    let rates = try #require(
      StatusRates(
        from: Readings.ledger(), to: Readings.ledger(arrived: 2000, delivered: 1300, drops: 50), seconds: 4))
    #expect(rates.arrived == 250 && rates.accepted == 240 && rates.delivered == 100)
    #expect(rates.refused == ["kernel-drop": 10] && rates.unrouted.isEmpty && rates.missed.isEmpty)
    #expect(rates.listeners == ["main": 250] && rates.engines == ["alarms": 100])
    #expect(rates.causes == ["refused kernel-drop": 10])
  }

  @Test("a cause that stands still does not grow, and a line that begins anew is not negative")
  func still() throws {
    let rates = try #require(StatusRates(from: Readings.ledger(), to: Readings.ledger(delivered: 5), seconds: 1))
    #expect(rates.causes.isEmpty && rates.engines.isEmpty && rates.delivered == 0)
  }

  @Test("there are none across a restart, nor between two readings of one moment")
  func otherRun() {
    var later = Readings.ledger()
    later.boots = 4
    later.started += 3_000_000_000
    #expect(StatusRates(from: Readings.ledger(), to: later, seconds: 1) == nil)
    #expect(StatusRates(from: Readings.ledger(), to: Readings.ledger(), seconds: 0) == nil)
  }

  @Test(
    "--watch needs no time",
    arguments: [
      (["status", "--watch"], ["status", "--watch", "2s"]),
      (["status", "--watch", "--json"], ["status", "--watch", "2s", "--json"]),
      (["status", "--watch", "500ms", "--json"], ["status", "--watch", "500ms", "--json"]),
      (["status", "--watch=1s"], ["status", "--watch=1s"]),
      (["tail", "--watch"], ["tail", "--watch"]),
    ])
  func watch(given: [String], filled: [String]) {
    #expect(StatusCommand.filled(given) == filled)
  }

  @Test(
    "values of gauges have their units",
    arguments: [
      (Int64(64 << 20), "bytes", "64 MiB"), (-2048, "bytes", "-2 KiB"), (1234, "traps", "1,234 traps"),
      (1_500_000, "nanoseconds", "1.5 ms"), (20_000_000, "nanoseconds", "20 ms"),
      (1_500_000_000, "nanoseconds", "1.5 s"), (1, "state", "1"),
    ])
  func quantities(value: Int64, unit: String, text: String) {
    #expect(Quantity.text(value, unit) == text)
  }
}
