internal import SNMPWire
internal import TrapBatching
package import TrapControl

/// Makes a checked registration of the JSON that an engine sent, noting every mistake.
package struct RegistrationReader {
  private let listeners: [String]
  private var sentences: [String] = []
  private var registration: Configuration.Registration

  private init(_ name: String, listeners: [String]) {
    self.listeners = listeners
    var engine = Configuration.Engine(name: name, kind: .pull(Configuration.Pull()))
    engine.batch.octets = 256 << 10
    registration = Configuration.Registration(engine: engine)
  }

  /// - Parameters:
  ///   - listeners: the names that a selection may ask for.
  ///   - eventQueue: octets of the event queue, which no engine's own bound may exceed.
  package static func read(
    _ name: String, _ given: EngineRegistration, listeners: [String], eventQueue: Int
  ) throws(RegistrationMistakes) -> Configuration.Registration {
    var reader = RegistrationReader(name, listeners: listeners)
    if !ValueGrammar<String>.isName(name) {
      reader.sentences.append(
        "name \"\(name)\" is no name; use 1 to 63 letters, digits, '.', '_' or '-', beginning with a letter or digit")
    }
    reader.readPull(given)
    reader.readDelivery(given)
    reader.readSelections(given)
    reader.checkTogether(eventQueue: eventQueue)
    if !reader.sentences.isEmpty { throw RegistrationMistakes(sentences: reader.sentences) }
    return reader.registration
  }

  private mutating func readPull(_ given: EngineRegistration) {
    var pull = Configuration.Pull()
    assign(&pull.style.format, "format", given.format, .choice)
    assign(&pull.ackTimeout, "ackTimeout", given.ackTimeout, .duration(SettingRange.ackTimeout))
    registration.engine.kind = .pull(pull)
    if let lease = optional("lease", given.lease, .duration(SettingRange.lease)) { registration.lease = lease }
    registration.isPersistent = given.persist ?? false
    registration.start = given.start ?? .now
  }

  private mutating func readDelivery(_ given: EngineRegistration) {
    var engine = registration.engine
    let octets = SettingRange.batchOctets.lowerBound...Configuration.Registration.batchOctetsMax
    assign(&engine.batch.traps, "batch.size", given.batch?.size, SettingRange.batchTraps)
    assign(&engine.batch.octets, "batch.maxBytes", given.batch?.maxBytes, .size(octets))
    assign(&engine.batch.maxWait, "batch.maxWait", given.batch?.maxWait, .duration(SettingRange.batchWait))
    assign(
      &engine.throttle.outstanding, "throttle.outstanding", given.throttle?.outstanding, SettingRange.outstanding)
    assign(
      &engine.throttle.octets, "throttle.maxBytes", given.throttle?.maxBytes, .size(SettingRange.outstandingOctets))
    engine.queue.limit = optional("queue.limit", given.queue?.limit, .size(SettingRange.queueLimit))
    engine.queue.reserve = optional("queue.reserve", given.queue?.reserve, .size(SettingRange.queueReserve))
    registration.engine = engine
  }

  private mutating func readSelections(_ given: EngineRegistration) {
    let values = ((given.subscribe ?? []) + (given.filter ?? [])).reduce(0) { $0 + $1.valueCount }
    guard values <= Configuration.Registration.selectionValuesMax else {
      sentences.append(
        "subscribe and filter hold \(values) values; write \(Configuration.Registration.selectionValuesMax) at most")
      return
    }
    let subscribe = given.subscribe.map { read("subscribe", $0) } ?? [Configuration.Selection()]
    registration.engine.subscribe = subscribe.isEmpty ? nil : subscribe
    registration.engine.filter = read("filter", given.filter ?? [])
  }

  private mutating func read(_ key: String, _ given: [TrapSelection]) -> [Configuration.Selection] {
    given.map { selection in
      let reading = SelectionReading(selection, listeners: listeners)
      sentences += reading.mistakes.map { "\(key): \($0.description)" }
      return reading.selection
    }
  }

  private mutating func checkTogether(eventQueue: Int) {
    let engine = registration.engine
    let batch = engine.batch.octets
    if engine.throttle.octets < batch {
      sentences.append("throttle.maxBytes \(engine.throttle.octets.sizeText) is below batch.maxBytes \(batch.sizeText)")
    }
    if let limit = engine.queue.limit, limit > eventQueue || limit < batch {
      sentences.append(
        "queue.limit \(limit.sizeText) is not between batch.maxBytes \(batch.sizeText) and "
          + "the event queue's \(eventQueue.sizeText)")
    }
    if let reserve = engine.queue.reserve, reserve > engine.queue.limit ?? eventQueue {
      sentences.append("queue.reserve \(reserve.sizeText) is above queue.limit")
    }
  }

  private mutating func optional<Value>(_ key: String, _ text: String?, _ grammar: ValueGrammar<Value>) -> Value? {
    guard let text else { return nil }
    do throws(ValueMistake) {
      return try grammar.parse(text)
    } catch {
      sentences.append("\(key) \"\(text)\" \(error.problem); \(error.remedy)")
      return nil
    }
  }

  private mutating func assign<Value>(
    _ value: inout Value, _ key: String, _ text: String?, _ grammar: ValueGrammar<Value>
  ) {
    if let written = optional(key, text, grammar) { value = written }
  }

  private mutating func assign(_ value: inout Int, _ key: String, _ given: Int?, _ range: ClosedRange<Int>) {
    guard let given else { return }
    guard range.contains(given) else {
      sentences.append("\(key) \(given) is out of range; write \(range.lowerBound) to \(range.upperBound)")
      return
    }
    value = given
  }
}

extension TrapSelection {
  fileprivate var valueCount: Int {
    1 + (source?.count ?? 0) + (trap?.count ?? 0) + (version?.count ?? 0) + (listener?.count ?? 0) + (pdu?.count ?? 0)
  }
}
