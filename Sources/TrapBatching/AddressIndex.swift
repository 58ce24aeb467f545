/// Finds the elements of an array by their source's address. Its size is fixed when it is made, so that it is never copied
/// while somebody waits.
///
/// Open addressing with linear probing; the hash is keyed anew in each process, so that nobody can choose addresses that
/// meet in one place. It keeps positions alone: the addresses stand in the array, which every call is given.
package struct AddressIndex: ~Copyable {
  /// A position plus 1; 0 is a free cell.
  private var cells: [UInt32]
  private let mask: Int
  package private(set) var count = 0

  /// At most half full with `capacity` elements.
  package init(capacity: Int) {
    let size = AddressIndex.size(capacity: capacity)
    cells = Array(repeating: 0, count: size)
    mask = size - 1
  }

  package static func octets(capacity: Int) -> Int { size(capacity: capacity) * MemoryLayout<UInt32>.stride }

  private static func size(capacity: Int) -> Int {
    var size = 8
    while size < 2 * capacity { size *= 2 }
    return size
  }

  package func find<Element: SourceKeyed>(_ source: SourceAddress, in elements: [Element]) -> Int? {
    var cell = home(source)
    while cells[cell] != 0 {
      let position = Int(cells[cell] - 1)
      if elements[position].source == source { return position }
      cell = (cell + 1) & mask
    }
    return nil
  }

  /// The same; what is not in it is entered at `position` at once, and nil is the answer.
  package mutating func find<Element: SourceKeyed>(
    _ source: SourceAddress, in elements: [Element], orInsertAt position: Int
  ) -> Int? {
    var cell = home(source)
    while cells[cell] != 0 {
      let known = Int(cells[cell] - 1)
      if elements[known].source == source { return known }
      cell = (cell + 1) & mask
    }
    precondition(count <= mask / 2, "\(count) addresses in an index of \(mask + 1) cells")
    cells[cell] = UInt32(position + 1)
    count += 1
    return nil
  }

  /// Of one that is not in it yet.
  package mutating func insert(_ source: SourceAddress, at position: Int) {
    precondition(count <= mask / 2, "\(count) addresses in an index of \(mask + 1) cells")
    var cell = home(source)
    while cells[cell] != 0 { cell = (cell + 1) & mask }
    cells[cell] = UInt32(position + 1)
    count += 1
  }

  /// What follows moves up, so that no search ends too early.
  package mutating func remove<Element: SourceKeyed>(_ source: SourceAddress, in elements: [Element]) {
    var cell = home(source)
    while true {
      precondition(cells[cell] != 0, "an address is taken out of an index that does not hold it")
      if elements[Int(cells[cell] - 1)].source == source { break }
      cell = (cell + 1) & mask
    }
    var free = cell
    var next = (cell + 1) & mask
    while cells[next] != 0 {
      let home = home(elements[Int(cells[next] - 1)].source)
      if (next &- home) & mask >= (next &- free) & mask {
        cells[free] = cells[next]
        free = next
      }
      next = (next + 1) & mask
    }
    cells[free] = 0
    count -= 1
  }

  package mutating func removeAll() {
    guard count > 0 else { return }
    for cell in cells.indices { cells[cell] = 0 }
    count = 0
  }

  private func home(_ source: SourceAddress) -> Int {
    var hasher = Hasher()
    hasher.combine(source.high)
    hasher.combine(source.low)
    return hasher.finalize() & mask
  }
}
