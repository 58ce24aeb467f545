internal import TrapClassification
internal import TrapControl
internal import TrapDispatch
internal import TrapEngines

/// A registration that was found good, with every default filled in.
internal struct Registration: Sendable, Equatable {
  let name: String
  /// As it is shown and written down: every setting, as text with units.
  let wish: EngineRegistration
  let start: StartPosition
  let format: RecordFormat
  let delivery: DeliverySettings
  let ackTimeout: UInt64
  let lease: UInt64
  let persists: Bool
  let subscription: Subscription
  /// The token that it was made with; nil for a caller of this machine.
  let token: String?

  var json: JSONOptions { JSONOptions() }
}
