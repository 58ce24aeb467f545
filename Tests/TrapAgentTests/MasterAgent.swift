import Foundation

/// Debian's snmpd in the foreground, with a configuration of the test's own.
struct MasterAgent {
  private let process: Process
  private let directory: TemporaryDirectory
  private let address: String

  init(_ directory: TemporaryDirectory) throws {
    self.directory = directory
    address = "127.0.0.1:\(LoopbackPort.free())"
    let configuration = """
      master agentx
      agentXSocket unix:\(directory.path)/agentx
      rocommunity public 127.0.0.1
      rwcommunity wr1te 127.0.0.1

      """
    try configuration.write(toFile: directory.path + "/snmpd.conf", atomically: true, encoding: .utf8)
    process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments = [
      "1800", try Tool.path(of: "snmpd"), "-f", "-Lf", directory.path + "/snmpd.log", "-C", "-c",
      directory.path + "/snmpd.conf", "-I", "-smux", "udp:" + address,
    ]
    process.environment = [
      "PATH": "/usr/bin:/usr/sbin:/bin", "SNMP_PERSISTENT_DIR": directory.path + "/master", "MIBS": "",
      "SNMPCONFPATH": directory.path + "/master",
    ]
    try ChildProcess.start(process)
  }

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }

  private func ask(
    _ tool: String, _ options: [String], _ names: String..., patience: [String], community: String = "public"
  ) throws -> Tool.Outcome {
    try ask(tool, options, names, patience: patience, community: community)
  }

  private func ask(
    _ tool: String, _ options: [String], _ names: [String], patience: [String], community: String
  ) throws -> Tool.Outcome {
    try Tool.run(
      tool, ["-v", "2c", "-c", community, "-m", ""] + patience + options + [address] + names, in: directory)
  }

  func set(_ assignments: [String]) throws -> Tool.Outcome {
    try ask("snmpset", [], assignments, patience: ["-t", "300", "-r", "0"], community: "wr1te")
  }

  func get(_ name: String) throws -> String {
    try ask("snmpget", ["-Oqv"], name, patience: ["-t", "300", "-r", "1"]).output
  }

  /// Asks until the subagent's value comes, for ten minutes at most. Each is a whole run of snmpget; the master itself
  /// may not be there yet, so that none waits for long.
  func firstAnswer(to name: String) throws -> String {
    var last = ""
    let end = ContinuousClock.now + .seconds(600)
    while ContinuousClock.now < end {
      last = try ask("snmpget", ["-Oqv"], name, patience: ["-t", "1", "-r", "1"]).output
      if !last.isEmpty, !last.contains("No Such") { break }
    }
    return last
  }

  func walk(_ name: String) throws -> Tool.Outcome {
    try ask("snmpwalk", ["-OnQUt"], name, patience: ["-t", "300", "-r", "1"])
  }
}
