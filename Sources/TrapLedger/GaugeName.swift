/// Every gauge that thresholds can be set on: one name each, in this one enum. The raw value is the name in `<monitor>`.
package enum GaugeName: String, CaseIterable, Sendable {
  case memoryBytes = "memory.bytes"
  case batchQueueBytes = "batch-queue.bytes"
  case batchQueueTraps = "batch-queue.traps"
  case holdingBytes = "holding.bytes"
  case holdingTraps = "holding.traps"
  case cacheBytes = "cache.bytes"
  case cacheEntries = "cache.entries"
  case metadataRequests = "metadata.requests"
  /// 1 while a source's circuit is not closed.
  case metadataDown = "metadata.down"
  case eventQueueBytes = "event-queue.bytes"
  case engineLagBytes = "engine.lag.bytes"
  case engineLagTraps = "engine.lag.traps"
  case engineInFlightBytes = "engine.in-flight.bytes"
  case engineInFlightTraps = "engine.in-flight.traps"
  case engineMissed = "engine.missed"
  case engineDeadLetters = "engine.dead-letters"
  case deadLetterBytes = "dead-letters.bytes"
  case listenerArrived = "listener.arrived"
  case listenerRefused = "listener.refused"
  case listenerKernelDrops = "listener.kernel-drops"
  case bufferCommands = "interprocess-buffer.commands"
  case bufferBytes = "interprocess-buffer.bytes"
  case sources = "sources"
  /// What a thread's last turn took, and how long the present one has lasted where that is longer.
  case loopTime = "loop.time"

  package enum Unit: String, Sendable { case bytes, traps, entries, requests, commands, sources, state, nanoseconds }

  /// What its items are; nil where there is one gauge and no items.
  package enum ItemKind: String, Sendable {
    case listener
    case engine = "processing engine"
    case metadataSource = "metadata source"
    case thread
  }

  package var unit: Unit {
    switch self {
    case .memoryBytes, .batchQueueBytes, .holdingBytes, .cacheBytes, .eventQueueBytes, .engineLagBytes,
      .engineInFlightBytes, .deadLetterBytes, .bufferBytes:
      .bytes
    case .batchQueueTraps, .holdingTraps, .engineLagTraps, .engineInFlightTraps, .engineMissed, .engineDeadLetters,
      .listenerArrived, .listenerRefused, .listenerKernelDrops:
      .traps
    case .cacheEntries: .entries
    case .metadataRequests: .requests
    case .metadataDown: .state
    case .bufferCommands: .commands
    case .sources: .sources
    case .loopTime: .nanoseconds
    }
  }

  package var items: ItemKind? {
    switch self {
    case .listenerArrived, .listenerRefused, .listenerKernelDrops: .listener
    case .engineLagBytes, .engineLagTraps, .engineInFlightBytes, .engineInFlightTraps, .engineMissed,
      .engineDeadLetters:
      .engine
    case .metadataRequests, .metadataDown: .metadataSource
    case .loopTime: .thread
    default: nil
    }
  }

  /// It only ever grows: what is asked of it is what was added of late.
  package var isCounter: Bool {
    switch self {
    case .engineMissed, .engineDeadLetters, .listenerArrived, .listenerRefused, .listenerKernelDrops: true
    default: false
    }
  }
  /// There is a gauge that is the sum of its items, or the only one.
  package var hasTotal: Bool { self != .loopTime }

  /// It has a bound, of which thresholds may be a percentage.
  package var hasLimit: Bool {
    switch self {
    case .memoryBytes, .batchQueueBytes, .holdingBytes, .cacheBytes, .eventQueueBytes, .engineLagBytes,
      .engineInFlightBytes, .deadLetterBytes, .bufferCommands, .bufferBytes, .sources:
      true
    default: false
    }
  }
}
