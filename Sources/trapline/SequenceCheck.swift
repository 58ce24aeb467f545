/// Follows the numbers of each source through what was delivered: none missing, none twice, none out of order.
struct SequenceCheck {
  private enum Place { case inOrder, outOfOrder, twice }

  private struct Source {
    var next: UInt64 = 1
    var missing: [ClosedRange<UInt64>] = []

    mutating func place(_ number: UInt64) -> Place {
      if number >= next {
        if number > next { missing.append(next...(number - 1)) }
        next = number + 1
        return .inOrder
      }
      guard let index = missing.firstIndex(where: { $0.contains(number) }) else { return .twice }
      let range = missing.remove(at: index)
      if range.lowerBound < number { missing.append(range.lowerBound...(number - 1)) }
      if number < range.upperBound { missing.append((number + 1)...range.upperBound) }
      return .outOfOrder
    }
  }

  private var sources: [UInt64: Source] = [:]
  private(set) var traps: UInt64 = 0
  private(set) var twice: UInt64 = 0
  private(set) var outOfOrder: UInt64 = 0
  /// Traps that gap lines say were lost.
  var accounted: UInt64 = 0

  var sourceCount: Int { sources.count }
  var missing: UInt64 {
    sources.values.reduce(0) { $0 + $1.missing.reduce(0) { $0 + ($1.upperBound - $1.lowerBound + 1) } }
  }
  var isClean: Bool { twice == 0 && outOfOrder == 0 && missing <= accounted }

  /// `key` names the run and the source.
  mutating func add(_ number: UInt64, key: UInt64) {
    traps += 1
    switch sources[key, default: Source()].place(number) {
    case .inOrder: break
    case .outOfOrder: outOfOrder += 1
    case .twice: twice += 1
    }
  }
}
