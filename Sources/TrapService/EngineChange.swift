/// What a reload changes of one processing engine that stays.
internal struct EngineChange: Equatable, Sendable {
  enum Adapter: Equatable, Sendable {
    /// Goes on as it is.
    case kept
    /// Goes on and takes what differs: a `pull` engine's format and ack-timeout. Batches that are lent stay lent.
    case adjusted
    /// Another one takes its place; what the former was handed and did not answer for goes to it.
    case replaced
  }

  /// As it is now.
  let engine: Configuration.Engine
  let adapter: Adapter
  /// Batch, throttle, queue or retry differ, or the bounds that are derived from the memory limit.
  let changesDelivery: Bool
  let changesSubscription: Bool

  /// nil where nothing differs.
  init?(_ old: Configuration.Engine, _ former: Limits, _ new: Configuration.Engine, limits: Limits) {
    engine = new
    if old.kind == new.kind {
      adapter = .kept
    } else if case .pull = old.kind, case .pull = new.kind {
      adapter = .adjusted
    } else {
      adapter = .replaced
    }
    let row = { (limits: Limits) in limits.engines.first { $0.name == new.name } }
    changesDelivery =
      old.batch != new.batch || old.throttle != new.throttle || old.queue != new.queue || old.retry != new.retry
      || row(former)?.bound != row(limits)?.bound || row(former)?.reserve != row(limits)?.reserve
      || EngineChange.attempts(old) != EngineChange.attempts(new)
    changesSubscription = old.subscribe != new.subscribe || old.filter != new.filter
    if adapter == .kept && !changesDelivery && !changesSubscription { return nil }
  }

  /// Those of a program are counted by dispatch.
  private static func attempts(_ engine: Configuration.Engine) -> Int? {
    if case .program(let program) = engine.kind { program.attempts } else { nil }
  }
}
