import Foundation
import Glibc

/// `openssl s_client` as a device that has a certificate, or none.
struct TLSClient {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  init(
    port: UInt16, host: String = "127.0.0.1", _ files: TLSFiles, certificate: String?, options: [String] = []
  ) throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments =
      ["s_client", "-quiet", "-no_ign_eof", "-connect", "\(host):\(port)"] + options
      + (certificate.map { ["-cert", files.path("\($0).crt"), "-key", files.path("\($0).key")] } ?? [])
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try ChildProcess.start(process)
  }

  func send(_ octets: [UInt8]) { try? input.fileHandleForWriting.write(contentsOf: octets) }

  /// What comes back, at least one octet; empty at the end.
  func receive() -> [UInt8] { Array(output.fileHandleForReading.availableData) }

  /// Without a farewell.
  func kill() {
    _ = Glibc.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  func end() {
    try? input.fileHandleForWriting.close()
    process.terminate()
    process.waitUntilExit()
  }
}
