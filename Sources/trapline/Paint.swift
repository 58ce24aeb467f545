internal import Foundation

/// Colours for a terminal, and none elsewhere.
struct Paint: Equatable {
  enum Ink: Int { case red = 31, green = 32, yellow = 33, blue = 34, magenta = 35, cyan = 36, dim = 2, bold = 1 }

  let isOn: Bool

  init(isOn: Bool) { self.isOn = isOn }

  /// On a terminal, unless `NO_COLOR` is set or colours are not wanted.
  init(unless unwanted: Bool) {
    isOn = !unwanted && StandardOutput.isTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  }

  func callAsFunction(_ text: String, _ ink: Ink?) -> String {
    guard isOn, let ink, !text.isEmpty else { return text }
    return "\u{1b}[\(ink.rawValue)m\(text)\u{1b}[0m"
  }
}
