import Foundation
import Testing

@testable import TrapAgent

/// An authority, and certificates of a listener and of devices, made by `openssl` for the test.
struct TLSFiles {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try openssl(
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=Authority",
      "-days", "30", "-keyout", "ca.key", "-out", "ca.crt")
    try issue("server", name: "localhost", alternatives: "DNS:localhost,IP:127.0.0.1")
    try issue("device", name: "Router 7", alternatives: "email:NOC@Example.NET,DNS:R7.example.net,IP:192.0.2.7")
    for stranger in ["pinned", "stranger"] {
      try openssl(
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
        "/CN=\(stranger)", "-days", "30", "-keyout", "\(stranger).key", "-out", "\(stranger).crt")
    }
    try openssl("req", "-new", "-key", "pinned.key", "-subj", "/CN=old", "-out", "old.csr")
    try openssl("x509", "-req", "-in", "old.csr", "-signkey", "pinned.key", "-days", "-1", "-out", "old.crt")
    try FileManager.default.copyItem(atPath: path("pinned.key"), toPath: path("old.key"))
    let sections = ["openssl_conf = a", "[a]", "ssl_conf = b", "[b]", "system_default = c", "[c]"]
    let values = ["MinProtocol = TLSv1", "CipherString = DEFAULT@SECLEVEL=0", ""]
    try (sections + values).joined(separator: "\n").write(
      toFile: path("obsolete.cnf"), atomically: true, encoding: .utf8)
  }

  /// With these, Net-SNMP's own tools speak TLS 1.0, which is all that their `tlstcp:` can.
  var obsolete: [String: String] { ["OPENSSL_CONF": path("obsolete.cnf")] }

  func path(_ file: String) -> String { directory.path + "/" + file }

  func fingerprint(_ name: String) throws -> TLSFingerprint {
    let line = try openssl("x509", "-noout", "-fingerprint", "-sha256", "-in", "\(name).crt")
    let digits = try #require(line.split(separator: "=").last).trimmingCharacters(in: .whitespacesAndNewlines)
    return try #require(TLSFingerprint("sha256:" + digits))
  }

  /// The device's name comes from its certificate by way of the authority; `pinned` has one given.
  func identity(
    _ name: TLSPeerRule.Name = .commonName, allowsObsoleteVersions: Bool = false
  ) throws -> TLSIdentity {
    var identity = TLSIdentity(
      certificate: path("server.crt"), key: path("server.key"), authorities: path("ca.crt"),
      peers: [
        TLSPeerRule(fingerprint: try fingerprint("pinned"), name: .specified(Array("noc".utf8))),
        TLSPeerRule(fingerprint: try fingerprint("old"), name: .specified(Array("old".utf8))),
        TLSPeerRule(fingerprint: try fingerprint("ca"), name: name),
      ])
    identity.allowsObsoleteVersions = allowsObsoleteVersions
    return identity
  }

  /// Where Net-SNMP's tools look for certificates.
  func installForTools(_ names: [String]) throws {
    for (folder, ending) in [("certs", "crt"), ("private", "key"), ("ca-certs", "crt")] {
      let target = directory.path + "/tools/tls/" + folder
      try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
      for name in folder == "ca-certs" ? ["ca"] : names {
        try FileManager.default.copyItem(atPath: path("\(name).\(ending)"), toPath: "\(target)/\(name).\(ending)")
      }
    }
  }

  private func issue(_ file: String, name: String, alternatives: String) throws {
    try openssl(
      "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=\(name)", "-keyout",
      "\(file).key", "-out", "\(file).csr")
    try "subjectAltName=\(alternatives)\n".write(toFile: path("\(file).ext"), atomically: true, encoding: .utf8)
    try openssl(
      "x509", "-req", "-in", "\(file).csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30",
      "-extfile", "\(file).ext", "-out", "\(file).crt")
  }

  @discardableResult
  private func openssl(_ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try ChildProcess.start(process)
    let octets = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "openssl \(arguments)")
    return String(decoding: octets, as: UTF8.self)
  }
}
