internal import TrapControl

/// An agent's answer for people: `OID = Type: value` for each value.
struct PollPage {
  let answer: PollAnswer

  var lines: [String] { answer.varbinds.map { "\($0.oid) = \(PollPage.text($0))" } }

  /// What is said beside the values; nil where they are all there is to say.
  var complaint: String? {
    let place = answer.errorIndex.map { " (OID number \($0))" } ?? ""
    switch answer.status {
    case .okay where answer.truncated == true:
      return "\(answer.agent): there is more than --limit lets through; raise it"
    case .okay: return nil
    case .error: return "\(answer.agent): \(answer.error ?? "an error without a name")\(place)"
    case .timeout: return "\(answer.agent): timeout" + (answer.error.map { "; \($0)" } ?? "")
    }
  }

  private static func text(_ varbind: PollVarbind) -> String {
    switch varbind.value {
    case .signed(let number): "\(varbind.type): \(number)"
    case .unsigned(let number): "\(varbind.type): \(number)"
    case .number(let number): "\(varbind.type): \(number)"
    case .text(let text): "\(varbind.type): \(plain(text))"
    case .octets(let octets): "\(varbind.type): 0x\(PollHexadecimal.text(octets))"
    case .none: varbind.type
    }
  }

  /// One line, whatever an agent says.
  private static func plain(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\r", with: "\\r").replacing("\n", with: "\\n")
      .replacing("\t", with: "\\t")
  }
}
