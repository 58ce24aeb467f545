import Foundation

/// `Fixtures/server.py` as a child process, for as long as the value lives.
final class TestServer {
  struct Failure: Error { let text: String }

  private let process = Process()
  private let output = Pipe()
  let port: Int

  init(_ arguments: String...) throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/server.py")
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", script.path] + arguments
    process.standardOutput = output
    // A thread that runs tests may have signals blocked, and the child would inherit that.
    var all = sigset_t()
    var former = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_UNBLOCK, &all, &former)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &former, nil) }
    try process.run()
    let words = Self.line(output).split(separator: " ")
    guard words.count == 2, words[0] == "ready", let port = Int(words[1]) else {
      throw Failure(text: "the server did not start: \(words)")
    }
    self.port = port
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
  }

  /// What it prints next.
  func line() -> String { Self.line(output) }

  private static func line(_ pipe: Pipe) -> String {
    var line = ""
    while true {
      let octets = pipe.fileHandleForReading.readData(ofLength: 1)
      guard let octet = octets.first, octet != 10 else { return line }
      line.unicodeScalars.append(Unicode.Scalar(octet))
    }
  }
}
