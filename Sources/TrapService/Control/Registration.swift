internal import TrapClassification
internal import TrapControl
internal import TrapDispatch

/// A registration that was found good, in the words of each stage.
internal struct Registration: Sendable {
  let checked: Configuration.Registration
  /// As it is shown and written down: every setting, as text with units.
  let wish: EngineRegistration
  let delivery: DeliverySettings
  let subscription: Subscription
  /// The token that it was made with; nil for a caller of this machine.
  let token: String?

  var name: String { checked.engine.name }
  var lease: UInt64 { checked.lease }
  var persists: Bool { checked.isPersistent }

  /// How it fetches its batches.
  var pull: Configuration.Pull {
    guard case .pull(let pull) = checked.engine.kind else {
      preconditionFailure("\(name) registered as no pull engine")
    }
    return pull
  }

  var start: StartPosition {
    switch checked.start {
    case .now: .now
    case .oldest: .oldest
    case .sequence(let first): .sequence(first)
    }
  }
}
