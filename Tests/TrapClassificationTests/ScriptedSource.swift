import Synchronization
import TrapClassification

/// Writes down what it is asked and answers only what the test says.
final class ScriptedSource: MetadataSource {
  let name: String
  let kind = "test"
  let answersAtOnce = false
  private let state = Mutex<[MetadataRequest]>([])
  /// Askings without an answer or a failure so far, and the most that there ever were.
  private let underWay = Mutex<(requests: Set<UInt64>, most: Int)>(([], 0))
  private let inbox = Mutex<MetadataAnswers?>(nil)

  init(name: String = "scripted") { self.name = name }

  var requests: [MetadataRequest] { state.withLock { $0 } }
  var unanswered: [MetadataRequest] {
    let open = underWay.withLock { $0.requests }
    return requests.filter { open.contains($0.id) }
  }
  var mostUnderWay: Int { underWay.withLock { $0.most } }

  func ask(_ request: MetadataRequest, answers: MetadataAnswers) {
    state.withLock { $0.append(request) }
    underWay.withLock { under in
      under.requests.insert(request.id)
      under.most = max(under.most, under.requests.count)
    }
    inbox.withLock { $0 = answers }
  }

  func post(_ answer: MetadataAnswer) {
    underWay.withLock { _ = $0.requests.remove(answer.id) }
    _ = inbox.withLock { $0!.post(answer) }
  }

  func fail(
    _ request: MetadataRequest, reason: String = "connection refused", retryAfter: UInt64? = nil,
    isTimeout: Bool = false
  ) {
    underWay.withLock { _ = $0.requests.remove(request.id) }
    inbox.withLock { $0!.fail(request, reason: reason, retryAfter: retryAfter, isTimeout: isTimeout) }
  }

  func answer(
    _ request: MetadataRequest, keys: [MetadataKey]? = nil, _ verdict: MetadataVerdict, timeToLive: UInt64? = nil
  ) {
    let items = (keys ?? request.keys).map { MetadataAnswer.Item(key: $0, verdict: verdict) }
    post(MetadataAnswer(id: request.id, items: items, timeToLive: timeToLive))
  }
}
