import Foundation

/// Net-SNMP's snmptrapd as a child process, with files of its own.
struct NotifiedTrapd {
  let port = LoopbackPort.free()
  private let process = Process()
  private let output = Pipe()

  struct Ended: Error {}

  /// `users`: lines of `createUser`.
  init(_ users: [String] = [], in directory: TemporaryDirectory) throws {
    let file = directory.path + "/trapd-\(port).conf"
    try ((users + ["disableAuthorization yes"]).joined(separator: "\n") + "\n")
      .write(toFile: file, atomically: true, encoding: .utf8)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments = [
      "1800", try Tool.path(of: "snmptrapd"), "-f", "-Le", "-n", "-On", "-C", "-c", file, "-F", "TRAP|%P|%v\n",
      "udp:127.0.0.1:\(port)",
    ]
    process.environment = [
      "PATH": "/usr/bin:/usr/sbin:/bin", "SNMP_PERSISTENT_DIR": directory.path + "/trapd-\(port)", "MIBS": "",
      "SNMPCONFPATH": directory.path, "LC_ALL": "C",
    ]
    process.standardError = output
    process.standardOutput = FileHandle.nullDevice
    try ChildProcess.start(process)
    while !(try line()).contains("NET-SNMP version") {}
  }

  /// Security and varbinds of the next notification.
  func next() throws -> (security: String, varbinds: String) {
    while true {
      let fields = try line().split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      if fields.count == 3, fields[0] == "TRAP" { return (fields[1], fields[2]) }
    }
  }

  private func line() throws -> String {
    var octets: [UInt8] = []
    while let octet = output.fileHandleForReading.readData(ofLength: 1).first {
      if octet == 10 { return String(decoding: octets, as: UTF8.self) }
      octets.append(octet)
    }
    throw Ended()
  }

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }
}
