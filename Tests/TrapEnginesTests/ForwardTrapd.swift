import Foundation

@testable import TrapEngines

/// Net-SNMP's snmptrapd as a child process, with files of its own, for as long as the value lives.
final class ForwardTrapd {
  static let path = "/usr/sbin/snmptrapd"
  static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

  let port = ForwardReceiver.vacantPort()
  private let directory: TemporaryDirectory
  private let process = Process()
  private let output = Foundation.Pipe()

  /// `users`: lines of `createUser`.
  init(_ users: [String] = []) throws {
    directory = try TemporaryDirectory()
    try directory.put((users + ["disableAuthorization yes"]).joined(separator: "\n") + "\n", "trapd.conf")
    process.executableURL = URL(filePath: Self.path)
    process.arguments = [
      "-f", "-Le", "-n", "-On", "-C", "-c", directory.path + "/trapd.conf", "-F", "TRAP|%P|%a|%N|%w|%q|%v\n",
      "udp:127.0.0.1:\(port)",
    ]
    process.environment = [
      "PATH": "/usr/bin:/usr/sbin:/bin", "SNMP_PERSISTENT_DIR": directory.path, "SNMPCONFPATH": directory.path,
      "MIBS": "", "LC_ALL": "C",
    ]
    process.standardError = output
    process.standardOutput = FileHandle.nullDevice
    var all = sigset_t()
    var former = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_UNBLOCK, &all, &former)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &former, nil) }
    try process.run()
    while true {
      guard let line = line() else { throw TestFailure("snmptrapd did not start") }
      if line.contains("NET-SNMP version") { break }
    }
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
  }

  /// The fields of the next notification: security, agent-addr, enterprise, generic, specific, varbinds.
  func next() throws -> [String] {
    while let line = line() {
      guard line.hasPrefix("TRAP|") else { continue }
      return line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().map(String.init)
    }
    throw TestFailure("snmptrapd ended")
  }

  private func line() -> String? {
    var octets: [UInt8] = []
    while let octet = output.fileHandleForReading.readData(ofLength: 1).first {
      if octet == 10 { return String(decoding: octets, as: UTF8.self) }
      octets.append(octet)
    }
    return nil
  }
}
