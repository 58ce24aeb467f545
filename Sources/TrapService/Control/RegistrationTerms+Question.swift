internal import SNMPWire
internal import TrapBatching
internal import TrapClassification
internal import TrapControl

// What `explain` is asked, made into values.
extension RegistrationTerms {
  func question(_ asked: Explanation.Question) throws(ControlProblem) -> KeyQuestion {
    guard let source = SourceAddress(asked.source) else {
      throw ControlProblem(400, "source=\(asked.source) is no IPv4 or IPv6 address")
    }
    var question = KeyQuestion(source: source, listeners: listeners.indices.map { UInt16($0) })
    if let name = asked.listener {
      guard let index = listeners.firstIndex(of: name) else {
        throw ControlProblem(400, "listener=\(name) is none; known: \(listeners.joined(separator: ", "))")
      }
      question.listeners = [UInt16(index)]
    }
    if let trap = asked.trap {
      guard let oid = ObjectIdentifier(trap) else {
        throw ControlProblem(400, "trap=\(trap) is no OID; write it with numbers: 1.3.6.1.6.3.1.1.5.3")
      }
      question.trap = oid
    }
    switch asked.version {
    case nil, "2c"?: question.version = .v2c
    case "1"?: question.version = .v1
    case "3"?: question.version = .v3
    case let other?: throw ControlProblem(400, "version is 1, 2c or 3, not \(other)")
    }
    return question
  }
}
