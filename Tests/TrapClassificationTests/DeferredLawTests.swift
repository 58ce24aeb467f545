import Testing

@Suite("Any interleaving of v3 messages, informs and plain traps")
struct DeferredLawTests {
  @Test("counts each once, keeps each source's order and answers only what is placed", arguments: 0..<10)
  func interleavings(block: Int) throws {
    for seed in UInt64(block * 100)..<UInt64(block * 100 + 100) {
      var run = try DeferredRun(seed: seed)
      let fault = run.run()
      #expect(fault == nil, "seed \(seed): \(fault ?? "")")
    }
  }
}
