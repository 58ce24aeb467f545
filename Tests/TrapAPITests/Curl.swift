import Foundation
import Testing

/// Requests of another program than ours.
enum Curl {
  struct Answer {
    let status: Int
    let fields: [(name: String, value: String)]
    let body: String

    func field(_ name: String) -> String? { all(name).first }
    func all(_ name: String) -> [String] { fields.filter { $0.name == name.lowercased() }.map(\.value) }

    func json() throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
    }
  }

  /// `--max-time` turns a server that hangs into a failing test.
  static func ask(_ target: String, _ arguments: [String] = [], socket: String? = nil, body: Data? = nil) async throws
    -> Answer
  {
    let place = try TemporaryDirectory()
    var all = ["-sS", "--max-time", "600", "-D", place.path + "/head", "-o", place.path + "/body"] + arguments
    if let socket { all += ["--unix-socket", socket] }
    if let body {
      try body.write(to: URL(filePath: place.path + "/sent"))
      all += ["--data-binary", "@" + place.path + "/sent", "-H", "Expect:"]
    }
    let code = try await ChildProcess.run("/usr/bin/curl", all + [target], output: place.path + "/log")
    guard code == 0 else { throw CurlFailure(code: code, log: place.text("log")) }
    return parse(place.text("head"), place.text("body"))
  }

  private static func parse(_ head: String, _ body: String) -> Answer {
    let lines = head.split(whereSeparator: \.isNewline)
    let status = lines.first.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) } ?? 0
    let fields = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      return (line[..<colon].lowercased(), String(value))
    }
    return Answer(status: status, fields: fields, body: body)
  }
}

struct CurlFailure: Error {
  /// 28: it took too long; 7: nobody listens; 52, 56: closed without an answer.
  let code: Int32
  let log: String
}
