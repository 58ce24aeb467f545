internal import Testing

@Suite("The event queue against its model")
struct QueueModelTests {
  @Test("Every trap is told once, the law holds and memory stays bounded in any order of events")
  func randomInterleavings() throws {
    var failures: [String] = []
    for seed in UInt64(1)...1000 {
      let model = try QueueModel(seed: seed)
      try model.run(steps: 180)
      if let fault = model.faults.first { failures.append("seed \(seed): \(fault)") }
      if failures.count >= 5 { break }
    }
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
  }
}
