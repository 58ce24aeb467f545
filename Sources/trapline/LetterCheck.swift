internal import Foundation
internal import TrapControl

/// Whether one line is a dead letter that the daemon will take.
enum LetterCheck {
  /// What is wrong; nil for a good line.
  static func complaint(_ line: [UInt8]) -> String? {
    let letter: ReplayLetter
    do {
      letter = try JSONDecoder().decode(ReplayLetter.self, from: Data(line))
    } catch DecodingError.keyNotFound(let key, _) {
      return "is no dead letter: it has no \"\(key.stringValue)\""
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
      return "is no dead letter: \"\(context.codingPath.map(\.stringValue).joined(separator: "."))\" is of another type"
    } catch {
      return "is not JSON"
    }
    guard let datagram = Data(base64Encoded: letter.raw), !datagram.isEmpty else { return "\"raw\" is not base64" }
    return nil
  }
}
