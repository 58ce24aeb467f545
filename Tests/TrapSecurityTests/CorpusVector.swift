import Foundation
import SNMPWire

/// Messages of password crackers' own tests, with the passphrase that each must yield to, where `TRAPLINE_SHARED` names
/// the directory that holds them.
struct CorpusVector: Decodable, Sendable, CustomStringConvertible {
  let source: String
  let password: String
  let digest: String
  let message: String

  enum CodingKeys: String, CodingKey {
    case source = "src"
    case password
    case digest
    case message = "zeroed_msg"
  }

  var description: String { "\(source) \(digest.prefix(8))" }

  static let all: [CorpusVector] = {
    guard let shared = ProcessInfo.processInfo.environment["TRAPLINE_SHARED"],
      let text = try? Data(contentsOf: URL(filePath: shared).appending(path: "corpus/hashcat/usm-vectors.json")),
      let vectors = try? JSONDecoder().decode([CorpusVector].self, from: text)
    else {
      print("The vectors of password crackers are skipped: TRAPLINE_SHARED names no directory that has them.")
      return []
    }
    return vectors
  }()
}
