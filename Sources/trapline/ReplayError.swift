internal import TrapHTTP

/// A replay that the daemon ended.
struct ReplayError: Error, CustomStringConvertible {
  let cause: APIError
  let replayed: Int
  /// Letters of the request that failed.
  let letters: Int
  let resume: ReplayPlace?

  var description: String {
    var text = "\(cause)"
    if replayed > 0 { text += "\n\(Digits.grouped(replayed)) dead letters were replayed before" }
    if replayed > 0, let resume { text += "; go on with --from-line \(resume)" }
    if case .failed(let failure, _) = cause {
      switch failure {
      case .timeout(_), .interrupted(_):
        text += "\nwhether the daemon took the last \(Digits.grouped(letters)) is not known; they may come twice"
      default: break
      }
    }
    return text
  }
}
