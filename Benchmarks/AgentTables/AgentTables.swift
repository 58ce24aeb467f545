internal import Glibc
internal import Logging
internal import TrapAgent
internal import TrapBatching
internal import TrapLedger
internal import TrapObservation

/// The standalone agent alone, over a table of as many sources as is asked for: `AgentTables UDP-PORT SOURCES DIRECTORY`.
/// It serves until its standard input ends.
@main
internal enum AgentTables {
  internal static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let port = UInt16(arguments[1]), let count = Int(arguments[2]) else {
      print("usage: AgentTables UDP-PORT SOURCES DIRECTORY")
      return
    }
    let ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    let agent = NetSNMPParts.Agent(
      configuration: AgentConfiguration(
        mode: .standalone(address: "udp:127.0.0.1:\(port)"), stateDirectory: arguments[3]),
      snapshots: { StatisticsSnapshot(ledger: ledger, now: 2, version: "bench") }, sources: FixedSources(count: count))
    let thread = try NetSNMPThread.start(
      NetSNMPParts(agent: agent, stateDirectory: arguments[3]), log: Logger(label: "agent"))
    print("ready")
    fflush(nil)
    while readLine() != nil {}
    thread.stop()
  }
}
