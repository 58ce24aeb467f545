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
  // A function, not an initializer that fails: the optimiser of Swift 6.3.1 crashes on that one.
  static func between(
    _ old: Configuration.Engine, _ former: Limits, _ new: Configuration.Engine, limits: Limits,
    changedUsers: Set<String> = []
  ) -> EngineChange? {
    let adapter = adapter(old.kind, new.kind, changedUsers)
    let changesDelivery =
      old.batch != new.batch || old.throttle != new.throttle || old.queue != new.queue || old.retry != new.retry
      || bounds(new.name, former) != bounds(new.name, limits) || attempts(old) != attempts(new)
    let changesSubscription = old.subscribe != new.subscribe || old.filter != new.filter
    if adapter == .kept && !changesDelivery && !changesSubscription { return nil }
    return EngineChange(
      engine: new, adapter: adapter, changesDelivery: changesDelivery, changesSubscription: changesSubscription)
  }

  private static func adapter(
    _ old: Configuration.Engine.Kind, _ new: Configuration.Engine.Kind, _ changedUsers: Set<String>
  ) -> Adapter {
    if case .forward(let forward) = new, let user = forward.user, changedUsers.contains(user) { return .replaced }
    if old == new { return .kept }
    if case .pull = old, case .pull = new { return .adjusted }
    return .replaced
  }

  /// Octets that the engine may have and that it keeps, as they are derived.
  private static func bounds(_ name: String, _ limits: Limits) -> [Int] {
    limits.engines.first { $0.name == name }.map { [$0.bound, $0.reserve] } ?? []
  }

  /// Those of a program are counted by dispatch.
  private static func attempts(_ engine: Configuration.Engine) -> Int? {
    if case .program(let program) = engine.kind { program.attempts } else { nil }
  }
}
