internal import Logging
internal import TrapBatching
internal import TrapClassification
internal import TrapControl

// What is known of a source, and forgetting it.
extension DaemonControl {
  func explain(
    _ question: Explanation.Question, by caller: ControlCaller
  ) async throws(ControlProblem) -> Explanation {
    try checkAdministrator(caller)
    let asked = try parts.terms.question(question)
    guard let explanation = await parts.classifier.explain(asked) else {
      throw ControlProblem(429, "too many questions at once; ask again in a moment")
    }
    var answer = Explanation(question: question)
    let present = parts.registry.all
    answer.entries = explanation.entries.map { entry in
      var shown = Explanation.Entry(entry, listeners: parts.terms.listeners)
      for name in entry.engines where present[name] == nil {
        shown.engines.removeAll { $0 == name }
        shown.because.append(
          "processing engine \(name) is named, not registered; what is for it alone is counted as no-engine")
      }
      return shown
    }
    return answer
  }

  func flushMetadata(source: String?, by caller: ControlCaller) async throws(ControlProblem) {
    try checkAdministrator(caller)
    guard let source else {
      parts.log.notice("what metadata said is forgotten on request")
      return parts.classifier.invalidateAll()
    }
    guard let address = SourceAddress(source) else {
      throw ControlProblem(400, "source=\(source) is no IPv4 or IPv6 address")
    }
    parts.log.notice("what metadata said of \(address) is forgotten on request")
    parts.classifier.invalidate(address)
  }

  func metadata(by caller: ControlCaller) async throws(ControlProblem) -> MetadataView {
    try checkAdministrator(caller)
    return MetadataView(parts.classifier.statistics, now: SystemClock.monotonic())
  }
}
