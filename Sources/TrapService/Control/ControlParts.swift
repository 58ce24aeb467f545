internal import Logging
internal import TrapClassification
internal import TrapControl
internal import TrapDispatch
internal import TrapLedger
internal import TrapObservation

/// What the control plane is made of.
internal struct ControlParts: Sendable {
  let registry: EngineRegistry
  let classifier: Classifier
  let dispatcher: Dispatcher
  let eventQueue: EventQueue
  let ledger: Ledger
  let queue: ControlQueue
  let terms: RegistrationTerms
  let tokens: [Configuration.Token]
  let file: RegistrationFile
  let log: Logger
  /// nil: this daemon does not poll.
  var polling: PollingParts?
  /// nil: no listener takes SNMPv3.
  var v3Engines: V3EngineParts?
  /// nil: no table of sources is kept.
  var sources: (any SourceRows)?
  var metrics: MetricsPages?
  var supervision: Supervision?
}
