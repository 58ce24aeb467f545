internal import SNMPWire

/// Tells trap OIDs apart by the longest of a list of prefixes that they begin with: a tree of sub-identifiers in two
/// arrays, so that a walk through it allocates nothing.
internal struct TrapClasses: Sendable {
  private struct Node: Sendable {
    /// Into `arcs` and `targets`, in rising order of sub-identifiers.
    var children: Range<Int>
    /// Of the longest prefix up to here.
    var number: UInt32
  }

  private var nodes: [Node] = []
  private var arcs: [UInt32] = []
  private var targets: [Int] = []
  private var count: UInt32 = 0

  init(_ prefixes: [SNMPWire.ObjectIdentifier]) {
    _ = add(Set(prefixes.map(\.subidentifiers)).sorted { $0.lexicographicallyPrecedes($1) }[...], depth: 0, number: 0)
  }

  var isEmpty: Bool { count == 0 }

  /// 0 where it begins with none of them.
  func of(_ oid: borrowing TrapOID) -> UInt32 {
    var node = nodes[0]
    for position in 0..<oid.count {
      guard let next = child(of: node, oid[position]) else { break }
      node = nodes[next]
    }
    return node.number
  }

  private func child(of node: Node, _ arc: UInt32) -> Int? {
    var low = node.children.lowerBound
    var high = node.children.upperBound
    while low < high {
      let middle = (low + high) / 2
      if arcs[middle] < arc { low = middle + 1 } else { high = middle }
    }
    return low < node.children.upperBound && arcs[low] == arc ? targets[low] : nil
  }

  /// Adds the node that all of these sorted prefixes share their first `depth` sub-identifiers at.
  private mutating func add(_ prefixes: ArraySlice<[UInt32]>, depth: Int, number: UInt32) -> Int {
    var (rest, number) = (prefixes, number)
    if let first = rest.first, first.count == depth {
      count += 1
      number = count
      rest = rest.dropFirst()
    }
    let node = nodes.count
    nodes.append(Node(children: 0..<0, number: number))
    var children: [(arc: UInt32, target: Int)] = []
    while let arc = rest.first?[depth] {
      let end = rest.firstIndex { $0[depth] != arc } ?? rest.endIndex
      children.append((arc, add(rest[rest.startIndex..<end], depth: depth + 1, number: number)))
      rest = rest[end...]
    }
    nodes[node].children = arcs.count..<(arcs.count + children.count)
    arcs += children.map(\.arc)
    targets += children.map(\.target)
    return node
  }
}
