import Foundation

/// Net-SNMP's reading of many messages, in a process of its own.
enum Oracle {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Beside the tests, whatever they are built as.
  private static let program: URL = {
    var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    if let tests = Bundle.allBundles.first(where: { $0.bundlePath.hasSuffix(".xctest") }) {
      folder = tests.bundleURL.deletingLastPathComponent()
    }
    return folder.appending(path: "NetSNMPOracle")
  }()

  /// A line for each message, in order. What `meanwhile` does is done while the other process works.
  static func readings(of messages: [[UInt8]], meanwhile: () -> Void) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "differential-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (questions, answers) = (folder.appending(path: "messages"), folder.appending(path: "readings"))
    try Data(input(messages)).write(to: questions)
    try Data().write(to: answers)

    let process = Process()
    process.executableURL = program
    process.environment = ["SNMP_PERSISTENT_DIR": folder.path, "SNMPCONFPATH": folder.path]
    process.standardInput = try FileHandle(forReadingFrom: questions)
    process.standardOutput = try FileHandle(forWritingTo: answers)
    process.standardError = FileHandle.nullDevice
    try process.run()
    meanwhile()
    process.waitUntilExit()

    let lines = String(decoding: try Data(contentsOf: answers), as: UTF8.self).split(separator: "\n").map(String.init)
    guard process.terminationStatus == 0, lines.count == messages.count else {
      let last = lines.count < messages.count ? messages[lines.count].hex : ""
      throw Failure(
        description: "the oracle ended with \(process.terminationStatus) at message \(lines.count): \(last)")
    }
    return lines
  }

  private static func input(_ messages: [[UInt8]]) -> [UInt8] {
    var text = Array(Sender.all.map { $0.oracleLine + "\n" }.joined().utf8)
    text.append(UInt8(ascii: "\n"))
    let digits = Array("0123456789abcdef".utf8)
    for message in messages {
      for octet in message {
        text.append(digits[Int(octet >> 4)])
        text.append(digits[Int(octet & 15)])
      }
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }
}
