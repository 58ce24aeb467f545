import Foundation
import Testing

/// A key and its self-signed certificate for localhost, made by openssl(1).
struct TestCertificate {
  let certificate: String
  let key: String

  init(in directory: TemporaryDirectory, name: String) throws {
    certificate = "\(directory.path)/\(name).pem"
    key = "\(directory.path)/\(name).key"
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
      "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key,
      "-out", certificate,
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }
}
