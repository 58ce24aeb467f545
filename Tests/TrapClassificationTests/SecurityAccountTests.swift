import Testing
import TrapBatching
import TrapClassification
import TrapLedger
import TrapSecurity

@Suite("What SNMPv3 and informs keep in memory")
struct SecurityAccountTests {
  @Test("keys, clocks and recent digests stand in one account, remembered informs in another")
  func accounts() throws {
    let accounts = (security: MemoryAccount(name: "", bound: 1 << 20), informs: MemoryAccount(name: "", bound: 1 << 20))
    let bench = try Bench(MetadataAssignment(ImmediateSource(Bench.program))) {
      $0.policies.credentials = V3Sender.directory
      $0.verification.keys = 0
      $0.verification.repeats = 0
      $0.verificationAccount = accounts.security
      $0.informAccount = accounts.informs
    }
    for engine in 1...3 {
      bench.arrive(1, V3Sender(V3Sender.signing, engineID: [0x80, 0, 0, 1, UInt8(engine)]).trap(), deferred: true)
    }
    bench.settle()
    #expect(accounts.security.used == 3 * USMVerifier.Limits.engineOctets)
    #expect(accounts.informs.used == 0)
    bench.arrive(1, TrapMaker.v2c(inform: true), deferred: true)
    bench.settle()
    #expect(accounts.informs.used == bench.statistics.informs.octets && accounts.informs.used > 0)
  }
}
