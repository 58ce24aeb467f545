import Foundation

@testable import TrapService

/// The configurations of this repository, and surroundings that hold the same on every machine.
enum ConfigurationFixture {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let goldens = root.appending(path: "Tests/Configurations")
  static let shipped = ["Config/trapline.xml", "Config/trapline.production.xml"]

  /// Names without `.xml`, sorted.
  static func names(in folder: String) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: goldens.appending(path: folder).path)) ?? []
    return files.filter { $0.hasSuffix(".xml") }.map { String($0.dropLast(4)) }.sorted()
  }

  /// Reads files below the repository; anything else is a secret file that everyone has.
  static let surroundings = Surroundings(
    variable: { variables[$0] },
    file: { path throws(OctetFileError) in
      if path.hasPrefix("/etc/trapline/") {
        return OctetFile.Content(octets: Array("s3cret-s3cret-s3cret\n".utf8), mode: 0o640)
      }
      return OctetFile.Content(octets: try OctetFile.read(path, limit: 4096).octets, mode: 0o640)
    }, unreadable: { $0.hasPrefix("/etc/trapline/") ? nil : "No such file or directory" },
    unusable: { _ in nil })

  private static let variables = [
    "HOME": "/home/noc", "NOC": "n0c", "OPERATOR": "0p3rat0r-0p3rat0r",
    "MD5_KEY": "0123456789abcdef0123456789abcdef", "SHA1_KEY": "0x" + String(repeating: "5A", count: 20),
    "AES_KEY": String(repeating: "c3", count: 32),
  ]

  static func read(_ path: String) throws(ConfigurationFailure) -> ConfigurationFile {
    try ConfigurationFile.read(path: path, surroundings: surroundings)
  }

  static func parse(
    _ xml: String, directory: String = ".", surroundings: Surroundings = surroundings
  ) throws(ConfigurationFailure) -> ConfigurationFile {
    try ConfigurationFile.parse(Array(xml.utf8), path: "test.xml", directory: directory, surroundings: surroundings)
  }

  /// A small valid configuration with places to fill.
  static func xml(daemon: String = "", listener: String = "", route: String = "", engine: String = "") -> String {
    """
    <trapline xmlns="urn:trapline:daemon:1">
      <daemon>\(daemon)</daemon>
      <listeners>
        <listener name="main" address="udp:[::]:1162" metadata="r" \(listener.isEmpty ? "accept=\"all\"" : "")>\(listener)</listener>
      </listeners>
      <metadata><rules name="r">\(route)<default engines="e"/></rules></metadata>
      <engines><file name="e" path="-">\(engine)</file></engines>
    </trapline>
    """
  }
}
