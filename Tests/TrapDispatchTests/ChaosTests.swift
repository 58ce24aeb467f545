internal import Testing

@Suite("The ledger's law (c) in chaos")
struct ChaosTests {
  @Test(
    "Eight engines come, go, stall, restart and answer late, twice or for each other, and every trap is accounted for")
  func law() throws {
    var failures: [String] = []
    for seed in UInt64(1)...1000 {
      let model = try ChaosModel(seed: seed)
      try model.run(steps: 80)
      if let fault = model.fault { failures.append("seed \(seed): \(fault)") }
      if failures.count >= 5 { break }
    }
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
  }
}
