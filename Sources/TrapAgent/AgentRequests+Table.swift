// How a small subtree is answered, whose table is there as a whole.
extension AgentRequests {
  internal var names: [ObjectName] {
    var names: [ObjectName] = []
    forEach { names.append(Self.name(of: $0)) }
    return names
  }

  internal func answerGet(from table: ObjectTable) { answerGet { table.value(at: $0) } }

  internal func answerGet(_ lookUp: (ObjectName) -> ObjectTable.Lookup) {
    let version1 = isVersion1
    forEach { request in
      switch lookUp(Self.name(of: request)) {
      case .found(let value) where !version1 || value.isKnownToVersion1: request.answer(value)
      case .found, .noSuchObject: request.answerNoSuchObject()
      case .noSuchInstance: request.answerNoSuchInstance()
      }
    }
  }

  /// Answers what has a next name here and leaves the rest untouched, which sends the agent on to the next subtree.
  /// Returns the names given.
  internal func answerNext(from table: ObjectTable) -> [ObjectName] {
    let version1 = isVersion1
    return answerNext { table.row(after: $0, inclusive: $1, version1: version1) }
  }

  /// The same with rows that `next` finds, after a name, or at it where the second argument is true.
  @discardableResult
  internal func answerNext(_ next: (ObjectName, Bool) -> ObjectTable.Row?) -> [ObjectName] {
    var answered: [ObjectName] = []
    forEach { request in
      guard let row = next(Self.name(of: request), request.isInclusive) else { return }
      request.answer(row.value, name: row.name.arcs)
      answered.append(row.name)
    }
    return answered
  }

  private static func name(of request: AgentRequest) -> ObjectName {
    request.withName { name in ObjectName(arcs: name.indices.map { name[$0] }) }
  }
}
