import Testing
import TrapLedger

@testable import TrapObservation

@Suite("Prometheus' text format")
struct MetricTests {
  private func text(_ family: Metric) -> String {
    var octets: [UInt8] = []
    family.append(to: &octets)
    return String(decoding: octets, as: UTF8.self)
  }

  @Test("a family has its HELP, its TYPE and its lines, and what would end a label early is escaped")
  func escapes() {
    var family = Metric(.counter, "odd", "One \\ two\n\"three\"")
    family.add(.count(.max), ("a", "x\\y\"z\nw"), ("b", ""))
    family.add(.signed(-3))
    #expect(
      text(family) == #"""
        # HELP trapline_odd_total One \\ two\n"three"
        # TYPE trapline_odd_total counter
        trapline_odd_total{a="x\\y\"z\nw",b=""} 18446744073709551615
        trapline_odd_total -3

        """#)
  }

  @Test("times are seconds; numbers that are none have the names of the format")
  func values() {
    var family = Metric(.gauge, "time_seconds", "Time.")
    for value: Metric.Value in [
      .nanoseconds(1_500_000_000), .nanoseconds(0), .number(.infinity), .number(-.infinity), .number(.nan),
    ] { family.add(value) }
    let lines = text(family).split(separator: "\n").dropFirst(2).map { $0.split(separator: " ")[1] }
    #expect(lines == ["1.5", "0.0", "+Inf", "-Inf", "NaN"])
  }

  @Test("a family without a line is not there at all")
  func empty() {
    #expect(text(Metric(.gauge, "nothing", "Nothing.")).isEmpty)
  }
}
