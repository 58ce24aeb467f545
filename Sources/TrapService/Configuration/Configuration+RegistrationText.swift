internal import SNMPWire
internal import TrapBatching
package import TrapControl

extension Configuration.Registration {
  /// As JSON shows and keeps it, with every default written out. Reads back as the same value.
  package var written: EngineRegistration {
    var written = EngineRegistration()
    written.start = start
    if case .pull(let pull) = engine.kind {
      written.format = pull.style.format.rawValue
      written.ackTimeout = pull.ackTimeout.durationText
    }
    // What is left out subscribes to all.
    written.subscribe = engine.subscribe == [Configuration.Selection()] ? nil : (engine.subscribe ?? []).map(\.written)
    written.filter = engine.filter.isEmpty ? nil : engine.filter.map(\.written)
    var batch = EngineRegistration.Batch()
    batch.size = engine.batch.traps
    batch.maxBytes = engine.batch.octets.sizeText
    batch.maxWait = engine.batch.maxWait.durationText
    written.batch = batch
    var throttle = EngineRegistration.Throttle()
    throttle.outstanding = engine.throttle.outstanding
    throttle.maxBytes = engine.throttle.octets.sizeText
    written.throttle = throttle
    if engine.queue.limit != nil || engine.queue.reserve != nil {
      var queue = EngineRegistration.Queue()
      queue.limit = engine.queue.limit?.sizeText
      queue.reserve = engine.queue.reserve?.sizeText
      written.queue = queue
    }
    written.lease = lease.durationText
    written.persist = isPersistent
    return written
  }
}

extension Configuration.Selection {
  /// The same words as in the configuration.
  package var written: TrapSelection {
    func list(_ values: [String]) -> [String]? { values.isEmpty ? nil : values }
    return TrapSelection(
      source: list(sources.map { "\($0)" }), trap: list(traps.map { "\($0)" }), version: list(versions.map(\.name)),
      listener: list(listeners), pdu: list(pdus.map(\.rawValue)))
  }
}
