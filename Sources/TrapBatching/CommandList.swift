/// Commands that wait for the consumer, one of each source, in the order in which their sources were first told of.
package struct CommandList: ~Copyable {
  package private(set) var sources: [SourceCommand] = []
  package private(set) var engines: [EngineCommand] = []
  /// When the oldest was appended; monotonic nanoseconds.
  package private(set) var since: UInt64 = 0
  private var index: AddressIndex
  private let capacity: Int
  private let enginesBound: Int
  private var enginesOctets = 0

  init(capacity: Int, enginesBound: Int) {
    self.capacity = capacity
    self.enginesBound = enginesBound
    index = AddressIndex(capacity: capacity)
    sources.reserveCapacity(capacity)
  }

  package var count: Int { sources.count + engines.count }
  var octets: Int { sources.count * SourceCommand.octets + enginesOctets }

  /// nil where there is no room for it; true where it joined one of the same source.
  mutating func append(_ command: SourceCommand, now: UInt64) -> Bool? {
    let hasRoom = sources.count < capacity
    let known =
      hasRoom
      ? index.find(command.source, in: sources, orInsertAt: sources.count) : index.find(command.source, in: sources)
    if let known {
      sources[known].add(command)
      return true
    }
    guard hasRoom else { return nil }
    if count == 0 { since = now }
    sources.append(command)
    return false
  }

  /// nil where there is no room for it; true where it took the place of one of the same engine: what an engine is last
  /// said to be is all that counts.
  mutating func append(_ command: EngineCommand, now: UInt64) -> Bool? {
    if let place = engines.firstIndex(where: { $0.name == command.name }) {
      engines[place] = command
      return true
    }
    guard enginesOctets + command.octets <= enginesBound else { return nil }
    if count == 0 { since = now }
    enginesOctets += command.octets
    engines.append(command)
    return false
  }

  package mutating func removeAll() {
    sources.removeAll(keepingCapacity: true)
    engines.removeAll(keepingCapacity: true)
    enginesOctets = 0
    index.removeAll()
  }
}
