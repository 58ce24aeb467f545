internal import Synchronization

/// What a stop left over, a line per processing engine, handed from the thread that stops to the one that waits for it.
internal final class StopAccount: Sendable {
  private let text = Mutex<[String]>([])

  var lines: [String] { text.withLock { $0 } }

  func set(_ lines: [String]) { text.withLock { $0 = lines } }
}
