internal import Glibc

/// How far a replay has come: a bar on a terminal, nothing elsewhere.
struct ReplayProgress {
  private static let barWidth = 24
  /// Nanoseconds between two pictures.
  private static let pause: UInt64 = 100_000_000

  private let isShown = isatty(2) == 1
  private let began = BlastClock.now()
  /// Octets of all files; nil where a pipe is read.
  private let total: Int?
  private var drawn: UInt64 = 0

  init(total: Int?) { self.total = total }

  /// `done`: octets of the files that are behind us.
  mutating func show(letters: Int, done: Int, note: String? = nil) {
    let now = BlastClock.now()
    guard isShown, note != nil || now - drawn >= ReplayProgress.pause else { return }
    drawn = now
    let seconds = max(Double(now - began) / 1e9, 0.001)
    var text = "\(Digits.grouped(letters)) letters  \(Digits.rate(Double(letters) / seconds))"
    if let total, total > 0 {
      let share = min(Double(done) / Double(total), 1)
      let filled = Int(share * Double(ReplayProgress.barWidth))
      let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: ReplayProgress.barWidth - filled)
      text = "[\(bar)] \(Int(share * 100)) %  " + text
      if done > 0, share < 1 { text += "  \(Digits.seconds(seconds / share - seconds)) left" }
    }
    if let note { text += "  " + note }
    let width = TerminalSize(descriptor: 2)?.columns ?? 80
    ReplayProgress.put("\r" + text.prefix(width - 1) + "\u{1b}[K")
  }

  /// Leaves an empty line behind, so that what follows stands alone.
  mutating func clear() {
    if isShown, drawn > 0 { ReplayProgress.put("\r\u{1b}[K") }
    drawn = 0
  }

  private static func put(_ text: String) {
    let octets = Array(text.utf8)
    _ = unsafe octets.withUnsafeBytes { unsafe write(2, $0.baseAddress!, $0.count) }
  }
}
