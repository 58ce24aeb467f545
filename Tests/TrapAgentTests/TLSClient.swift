import Foundation

/// `openssl s_client` as a device that has a certificate, or none.
struct TLSClient {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  init(port: UInt16, _ files: TLSFiles, certificate: String?, options: [String] = []) throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments =
      ["30", "/usr/bin/openssl", "s_client", "-quiet", "-no_ign_eof", "-connect", "127.0.0.1:\(port)"] + options
      + (certificate.map { ["-cert", files.path("\($0).crt"), "-key", files.path("\($0).key")] } ?? [])
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try ChildProcess.start(process)
  }

  func send(_ octets: [UInt8]) { try? input.fileHandleForWriting.write(contentsOf: octets) }

  /// What comes back, at least one octet; empty at the end.
  func receive() -> [UInt8] { Array(output.fileHandleForReading.availableData) }

  func end() {
    try? input.fileHandleForWriting.close()
    process.terminate()
    process.waitUntilExit()
  }
}
