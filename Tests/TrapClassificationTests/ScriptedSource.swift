import Synchronization
import TrapClassification

/// Writes down what it is asked and answers only what the test says.
final class ScriptedSource: MetadataSource {
  let name: String
  let kind = "test"
  let answersAtOnce = false
  private let state = Mutex<[MetadataRequest]>([])
  private let inbox = Mutex<MetadataAnswers?>(nil)

  init(name: String = "scripted") { self.name = name }

  var requests: [MetadataRequest] { state.withLock { $0 } }

  func ask(_ request: MetadataRequest, answers: MetadataAnswers) {
    state.withLock { $0.append(request) }
    inbox.withLock { $0 = answers }
  }

  func post(_ answer: MetadataAnswer) { _ = inbox.withLock { $0!.post(answer) } }

  func fail(
    _ request: MetadataRequest, reason: String = "connection refused", retryAfter: UInt64? = nil,
    isTimeout: Bool = false
  ) {
    inbox.withLock { $0!.fail(request, reason: reason, retryAfter: retryAfter, isTimeout: isTimeout) }
  }

  func answer(
    _ request: MetadataRequest, keys: [MetadataKey]? = nil, _ verdict: MetadataVerdict, timeToLive: UInt64? = nil
  ) {
    let items = (keys ?? request.keys).map { MetadataAnswer.Item(key: $0, verdict: verdict) }
    post(MetadataAnswer(id: request.id, items: items, timeToLive: timeToLive))
  }
}
