import Testing
import TrapBatching

@testable import TrapService

@Suite("The batch queue's limits")
struct BatchQueueLimitsTests {
  @Test("Several listeners share one queue: bounds add up, and the most impatient decides")
  func shared() throws {
    let limits = try ConfigurationFixture.parse(
      """
      <trapline xmlns="urn:trapline:daemon:1">
        <listeners>
          <listener name="a" address="udp:127.0.0.1:1162" metadata="r" accept="all">
            <batch size="100" max-wait="20ms"/><queue limit="8MiB"/>
          </listener>
          <listener name="b" address="udp:127.0.0.1:1163" metadata="r" accept="all">
            <batch size="700" max-wait="1ms"/><queue limit="4MiB"/>
          </listener>
        </listeners>
        <metadata><rules name="r"><default engines="e"/></rules></metadata>
        <engines><discard name="e"/></engines>
      </trapline>
      """
    ).limits
    let queue = limits.batchQueue
    #expect(queue.bound == 12 << 20)
    #expect(queue.traps == 100)
    #expect(queue.maxWait == 1_000_000)
  }
}
