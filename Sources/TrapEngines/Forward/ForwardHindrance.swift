internal import TrapBatching
internal import TrapDispatch

/// Why messages cannot be sealed now; nil where they can.
internal struct ForwardHindrance {
  var ofInforms: DeliveryOutcome?
  var ofTraps: DeliveryOutcome?

  /// The batch's, where something of it cannot be sent.
  var outcome: DeliveryOutcome? { ofInforms ?? ofTraps }

  /// Those that need not wait: neither hindered, nor of a source that has a hindered one before it, since what is of one
  /// source is sent in its order.
  func unhindered(_ messages: [ForwardMessage]) -> [ForwardMessage] {
    var waiting: Set<SourceAddress> = []
    return messages.filter { message in
      let isHindered = message.sealed != nil && (message.requestID == nil ? ofTraps : ofInforms) != nil
      if isHindered { waiting.insert(message.source) }
      return !waiting.contains(message.source)
    }
  }
}
