import Foundation

/// The datagrams collected from other projects' tests and captures, where `TRAPLINE_SHARED` names the directory that
/// holds them; the Makefile sets it.
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
    guard let shared = ProcessInfo.processInfo.environment["TRAPLINE_SHARED"] else { return [] }
    let corpus = URL(filePath: shared).appending(path: "corpus")
    let projects = (try? FileManager.default.contentsOfDirectory(atPath: corpus.path)) ?? []
    return projects.sorted().flatMap { read(project: $0, in: corpus) }
  }()

  private static func read(project: String, in corpus: URL) -> [Row] {
    let folder = corpus.appending(path: project)
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
