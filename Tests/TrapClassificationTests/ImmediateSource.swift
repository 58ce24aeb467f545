import Synchronization
import TrapClassification

/// Answers everything inside `ask`, all keys alike.
final class ImmediateSource: MetadataSource {
  let name = "scripted"
  let kind = "test"
  let answersAtOnce = true
  private let verdict: MetadataVerdict
  private let asked = Mutex<[MetadataKey]>([])

  init(_ verdict: MetadataVerdict) { self.verdict = verdict }

  var keysAsked: [MetadataKey] { asked.withLock { $0 } }

  func ask(_ request: MetadataRequest, answers: MetadataAnswers) {
    asked.withLock { $0 += request.keys }
    answers.post(
      MetadataAnswer(
        id: request.id, items: request.keys.map { MetadataAnswer.Item(key: $0, verdict: verdict) }, timeToLive: .max))
  }
}
