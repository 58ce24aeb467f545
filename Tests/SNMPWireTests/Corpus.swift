import Foundation

/// The datagrams collected from other projects' tests and captures, where a checkout has them beside it.
enum Corpus {
  struct Row: Sendable, CustomStringConvertible {
    let project: String
    let number: Int
    /// What a reference classifier saw: version and PDU, `v2c-trap2`.
    let kind: String
    /// Whether it found the whole message well formed.
    let isStrict: Bool
    let octets: [UInt8]

    var description: String { "\(project) \(number) (\(kind))" }
  }

  static let rows: [Row] = {
    let projects = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return projects.sorted().flatMap { read(project: $0) }
  }()

  private static let directory: URL = {
    if let shared = ProcessInfo.processInfo.environment["TRAPLINE_SHARED"] {
      return URL(filePath: shared).appending(path: "corpus")
    }
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return package.deletingLastPathComponent().appending(path: "shared/corpus")
  }()

  private static func read(project: String) -> [Row] {
    let folder = directory.appending(path: project)
    guard let packets = lines(folder.appending(path: "packets.hex")),
      let index = lines(folder.appending(path: "index.tsv"))
    else { return [] }
    return zip(packets, index.dropFirst()).enumerated().map { number, pair in
      let columns = pair.1.split(separator: "\t", omittingEmptySubsequences: false)
      return Row(
        project: project, number: number, kind: String(columns[6]), isStrict: columns[7] == "1",
        octets: Hex.octets(String(pair.0)))
    }
  }

  private static func lines(_ file: URL) -> [Substring]? {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    return text.split(separator: "\n")
  }
}
