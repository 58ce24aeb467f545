internal import TrapClassification
internal import TrapControl
internal import TrapDispatch
internal import TrapEngines

/// One processing engine that there is, and where it came from.
internal struct EngineMember: Sendable {
  enum Origin: Sendable {
    case configuration(Configuration.Engine)
    case registration(Registration)
  }

  let engine: any ProcessingEngine
  var origin: Origin
  /// nil where it neither subscribes nor filters: metadata alone decides.
  var subscription: Subscription?
  let activity: EngineActivity

  /// nil for an engine that takes batches by itself.
  var pull: PullEngine? { engine as? PullEngine }

  var registration: Registration? {
    guard case .registration(let registration) = origin else { return nil }
    return registration
  }

  var kind: String {
    guard case .configuration(let engine) = origin else { return "pull" }
    return switch engine.kind {
    case .file: "file"
    case .program: "program"
    case .discard: "discard"
    case .http: "http"
    case .pull: "pull"
    case .forward: "forward"
    }
  }

  /// Nanoseconds that its lease still has; nil where it has none.
  func leaseLeft(now: UInt64) -> UInt64? {
    guard let registration, !registration.persists else { return nil }
    let silence = activity.silence(now: now)
    return silence < registration.lease ? registration.lease - silence : 0
  }
}
