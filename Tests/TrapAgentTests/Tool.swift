import Foundation
import Testing

/// One of Net-SNMP's command-line tools, run to its end as a child process.
struct Tool {
  struct Outcome: Sendable {
    let status: Int32
    let output: String
    let complaints: String
    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  struct Missing: Error, CustomStringConvertible {
    let name: String
    var description: String { "\(name) is missing; remedy: apt-get install snmp snmpd smitools" }
  }

  static func path(of name: String) throws -> String {
    for directory in ["/usr/bin/", "/usr/sbin/", "/bin/"]
    where FileManager.default.isExecutableFile(atPath: directory + name) {
      return directory + name
    }
    print("note: \(Missing(name: name))")
    throw Missing(name: name)
  }

  /// Runs the tool for 20 minutes at most, with a persistent directory and a configuration path of its own.
  static func run(
    _ name: String, _ arguments: [String], in directory: TemporaryDirectory, environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments = ["1200", try path(of: name)] + arguments
    process.environment = [
      "PATH": "/usr/bin:/usr/sbin:/bin", "SNMP_PERSISTENT_DIR": directory.path + "/tools",
      "SNMPCONFPATH": directory.path + "/tools", "LC_ALL": "C",
    ].merging(environment) { $1 }
    let complaintsPath = directory.path + "/complaints-" + UUID().uuidString
    _ = FileManager.default.createFile(atPath: complaintsPath, contents: nil)
    let complaints = try #require(FileHandle(forWritingAtPath: complaintsPath))
    let output = Pipe()
    process.standardOutput = output
    process.standardError = complaints
    try ChildProcess.start(process)
    let octets = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: octets, as: UTF8.self),
      complaints: (try? String(contentsOfFile: complaintsPath, encoding: .utf8)) ?? "")
  }
}

extension Tool {
  /// The options of every request: our module and no other, and minutes for the answer: a slow machine is no silent agent.
  static func manager(_ community: String) -> [String] {
    ["-c", community, "-t", "300", "-r", "1", "-M", "+" + MIBFile.directory, "-m", "TRAPLINE-MIB"]
  }
}

extension Tool.Outcome {
  /// What a walk with `-OnQUt` printed: names and values, in the order of the answers, without the tool's own line
  /// about the end of the view.
  var pairs: [(name: String, value: String)] {
    lines.filter { !$0.contains("No more variables left") }.compactMap { line in
      let parts = line.split(separator: " = ", maxSplits: 1, omittingEmptySubsequences: false)
      return parts.count == 2 ? (name: String(parts[0].dropFirst()), value: String(parts[1])) : nil
    }
  }
}
