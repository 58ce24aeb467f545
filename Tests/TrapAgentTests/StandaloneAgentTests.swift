import Logging
import Testing
import TrapLedger
import TrapObservation

@testable import TrapAgent

@Suite("The standalone agent")
struct StandaloneAgentTests {
  let agent: RunningAgent
  init() throws { agent = try RunningAgent.shared.get() }

  @Test("snmpget by name needs no module but ours")
  func getByName() throws {
    let answer = try agent.tool("snmpget", ["-v", "2c"], names: ["TRAPLINE-MIB::traplineArrived.0"])
    #expect(answer.output == "TRAPLINE-MIB::traplineArrived.0 = Counter64: 10000000077 traps\n", "\(answer)")
  }
}
