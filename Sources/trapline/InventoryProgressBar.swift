internal import Glibc
internal import TrapInventory

/// Tells on standard error how far an import or a check is: a bar where that is a terminal, else a line now and then.
struct InventoryProgressBar {
  private let columns = isatty(2) == 1 ? TerminalSize(descriptor: 2)?.columns : nil
  private var shown = -1
  private var step: InventoryProgress.Step?

  mutating func show(_ progress: InventoryProgress) {
    let percent = progress.of == 0 ? 100 : progress.done * 100 / progress.of
    if step != progress.step { (step, shown) = (progress.step, -1) }
    // A terminal shows each hundredth, a log each quarter.
    guard columns != nil ? percent != shown : percent >= (shown < 0 ? 25 : shown + 25) else { return }
    shown = percent
    guard let columns else {
      StandardError.print("inventory: \(progress.step.rawValue), \(percent) %")
      return
    }
    let label = "\(progress.step.rawValue) \(percent) %"
    let width = max(0, min(40, columns - 24))
    let filled = width * percent / 100
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    write("\r\u{1b}[K\(bar) \(label)")
  }

  /// The line is free again.
  func clear() {
    if columns != nil && step != nil { write("\r\u{1b}[K") }
  }

  private func write(_ text: String) {
    let octets = Array(text.utf8)
    _ = unsafe octets.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress!, $0.count) }
  }
}
