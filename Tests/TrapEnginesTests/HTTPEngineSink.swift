import Foundation

@testable import TrapEngines

/// `Fixtures/http-sink.py` as a child process, for as long as the value lives.
final class HTTPEngineSink {
  /// What the service saw of one POST.
  struct Seen {
    let path: String
    let headers: [[String]]
    let body: [UInt8]
    /// Of a raw body.
    let records: [[String: Any]]

    func header(_ name: String) -> [String] { headers.filter { $0[0] == name }.map { $0[1] } }
  }

  private let process = Process()
  private let output = Foundation.Pipe()
  private let port: Int

  init() throws {
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", Fixtures.folder.appending(path: "http-sink.py").path]
    process.standardOutput = output
    // A thread that runs tests may have signals blocked, and the child would inherit that.
    var all = sigset_t()
    var former = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_UNBLOCK, &all, &former)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &former, nil) }
    try process.run()
    guard let port = Int(Self.line(output).dropFirst("ready ".utf8.count)) else {
      throw TestFailure("the sink did not start")
    }
    self.port = port
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
  }

  func engine(_ path: String, _ change: (inout HTTPEngineSettings) -> Void = { _ in }) throws -> HTTPEngine {
    var settings = HTTPEngineSettings(name: "alarms", url: "http://127.0.0.1:\(port)/\(path)")
    settings.timeout = TestBatch.patience
    settings.connectTimeout = TestBatch.patience
    change(&settings)
    return try HTTPEngine.open(settings, log: TestBatch.log())
  }

  /// The next POST; waits for it.
  func seen() throws -> Seen {
    let value = try JSONSerialization.jsonObject(with: Data(Self.line(output).utf8)) as? [String: Any] ?? [:]
    guard let path = value["path"] as? String, let headers = value["headers"] as? [[String]],
      let body = Data(base64Encoded: value["body"] as? String ?? "")
    else { throw TestFailure("the sink said \(value)") }
    return Seen(path: path, headers: headers, body: Array(body), records: value["records"] as? [[String: Any]] ?? [])
  }

  private static func line(_ pipe: Foundation.Pipe) -> String {
    var line: [UInt8] = []
    while true {
      let octets = pipe.fileHandleForReading.readData(ofLength: 1)
      guard let octet = octets.first, octet != 10 else { return String(decoding: line, as: UTF8.self) }
      line.append(octet)
    }
  }
}
