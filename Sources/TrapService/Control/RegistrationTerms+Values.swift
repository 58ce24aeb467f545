internal import TrapBatching
internal import TrapClassification
internal import TrapControl

// Text of a request made into values, and what is wrong with it.
extension RegistrationTerms {
  func integer(_ value: Int?, _ key: String, _ range: ClosedRange<Int>) throws(ControlProblem) -> Int? {
    guard let value, !range.contains(value) else { return value }
    throw ControlProblem(400, "\(key) is \(value); write a number from \(range.lowerBound) to \(range.upperBound)")
  }

  func size(_ text: String?, _ key: String, _ range: ClosedRange<Int>) throws(ControlProblem) -> Int? {
    guard let text else { return nil }
    do throws(ValueMistake) {
      return try ByteSize.parse(text, in: range)
    } catch {
      throw ControlProblem(400, "\(key)=\"\(text)\" \(error.problem); \(error.remedy)")
    }
  }

  func duration(_ text: String?, _ key: String, _ range: ClosedRange<UInt64>) throws(ControlProblem) -> UInt64? {
    guard let text else { return nil }
    do throws(ValueMistake) {
      return try TimeSpan.parse(text, in: range)
    } catch {
      throw ControlProblem(400, "\(key)=\"\(text)\" \(error.problem); \(error.remedy)")
    }
  }

  func selectors(_ selections: [TrapSelection], _ key: String) throws(ControlProblem) -> [TrapSelector] {
    var found: [TrapSelector] = []
    for (index, selection) in selections.enumerated() {
      let reading = SelectionReading(selection, listeners: listeners)
      if let mistake = reading.mistakes.first { throw ControlProblem(400, "\(key)[\(index)].\(mistake)") }
      found.append(selector(reading.selection))
    }
    return found
  }

  /// As the configuration or a request wrote it, with names of listeners for their numbers.
  func selector(_ selection: Configuration.Selection) -> TrapSelector {
    TrapSelector(
      sources: selection.sources, traps: selection.traps, versions: selection.versions,
      listeners: selection.listeners.compactMap { name in listeners.firstIndex(of: name).map { UInt16($0) } },
      pdus: selection.pdus.flatMap { RulesFactory.kinds($0) })
  }

  /// What an engine of the configuration subscribes and filters; nil where metadata alone decides.
  func subscription(_ engine: Configuration.Engine) -> Subscription? {
    guard engine.subscribe != nil || !engine.filter.isEmpty else { return nil }
    return Subscription(
      engine: engine.name, subscribe: engine.subscribe?.map(selector), filter: engine.filter.map(selector))
  }
}
