import Foundation

/// The datagrams collected from other projects' tests and captures, where `TRAPLINE_SHARED` names the directory that
/// holds them; the Makefile sets it.
enum Corpus {
  static let datagrams: [[UInt8]] = {
    guard let shared = ProcessInfo.processInfo.environment["TRAPLINE_SHARED"] else {
      print("The corpus is skipped: TRAPLINE_SHARED names no directory that has it.")
      return []
    }
    let corpus = URL(filePath: shared).appending(path: "corpus")
    let projects = (try? FileManager.default.contentsOfDirectory(atPath: corpus.path)) ?? []
    return projects.sorted().flatMap { project in
      let packets = try? String(contentsOf: corpus.appending(path: "\(project)/packets.hex"), encoding: .utf8)
      return packets?.split(separator: "\n").map { [UInt8](hex: String($0)) } ?? []
    }
  }()
}
