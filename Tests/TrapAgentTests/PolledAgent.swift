import Foundation

/// Debian's snmpd in the foreground: what is polled. Community `public` (v1, v2c); users `noc` (SHA-256, AES-128) and
/// `other` (SHA-512, AES-256); small as it has no modules but the system group and what SNMP itself needs.
struct PolledAgent {
  let port: UInt16
  private let process: Process

  init(_ directory: TemporaryDirectory, name: String = "polled") throws {
    port = LoopbackPort.free()
    let configuration = """
      rocommunity public 127.0.0.1
      rouser noc authPriv
      rouser other authPriv
      createUser noc SHA-256 "noc auth secret" AES "noc priv secret"
      createUser other SHA-512 "other auth secret" AES-256 "other priv secret"
      sysName polled
      sysContact \(String(repeating: "x", count: 40))
      sysLocation LHR2

      """
    let file = directory.path + "/\(name).conf"
    try configuration.write(toFile: file, atomically: true, encoding: .utf8)
    process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments = [
      "1800", try Tool.path(of: "snmpd"), "-f", "-Lf", directory.path + "/\(name).log", "-C", "-c", file, "-I", "-smux",
      "udp:127.0.0.1:\(port)",
    ]
    process.environment = [
      "PATH": "/usr/bin:/usr/sbin:/bin", "SNMP_PERSISTENT_DIR": directory.path + "/" + name, "MIBS": "",
      "SNMPCONFPATH": directory.path + "/" + name,
    ]
    try ChildProcess.start(process)
  }

  /// Returns when it answers.
  func waitUntilThere(in directory: TemporaryDirectory) throws {
    for _ in 0..<600 {
      let asked = try Tool.run(
        "snmpget",
        ["-v", "2c", "-c", "public", "-m", "", "-t", "1", "-r", "0", "127.0.0.1:\(port)", "1.3.6.1.2.1.1.5.0"],
        in: directory)
      if asked.output.contains("polled") { return }
    }
    throw NeverThere()
  }

  struct NeverThere: Error {}

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }
}
