internal import FoundationEssentials
internal import TrapControl

/// Reads the body of `POST /v1/engines/{name}/replay`: dead letters, one JSON object a line (NDJSON).
internal enum ReplayBody {
  /// All or nothing: with a line that cannot be read, none is replayed. Empty lines are passed over.
  static func read(_ octets: Data) throws(APIProblem) -> [ReplayLetter] {
    let decoder = JSONDecoder()
    var letters: [ReplayLetter] = []
    var number = 0
    for line in octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      guard line.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") }) else { continue }
      letters.append(try letter(line, number, decoder))
    }
    return letters
  }

  private static func letter(_ line: Data, _ number: Int, _ decoder: JSONDecoder) throws(APIProblem) -> ReplayLetter {
    do {
      let letter = try decoder.decode(ReplayLetter.self, from: line)
      guard Data(base64Encoded: letter.raw) != nil else {
        throw APIProblem(400, "line \(number): raw is not base64; nothing was replayed, remove or mend the line")
      }
      return letter
    } catch let problem as APIProblem {
      throw problem
    } catch let error as DecodingError {
      throw APIProblem(400, "line \(number): \(error.place); nothing was replayed, remove or mend the line")
    } catch {
      throw APIProblem(400, "line \(number) is not JSON; nothing was replayed, remove or mend the line")
    }
  }
}
