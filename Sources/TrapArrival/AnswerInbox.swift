internal import TrapBatching

/// What waits for the answering thread, in two slabs of fixed capacity, and what decides whether more may.
internal struct AnswerInbox: ~Copyable {
  /// Ready to be sent.
  var answers: Slab
  /// As received: a Report is still to be written.
  var discoveries: Slab
  var limit: DiscoveryLimit
  var routes: [UInt16: AnswerRoute] = [:]
  /// After the stop nothing is taken any more.
  var isClosed = false

  init(_ settings: AnswerSettings) {
    answers = AnswerInbox.slab(settings.inbox)
    discoveries = AnswerInbox.slab(settings.discoveryInbox)
    limit = DiscoveryLimit(settings.discovery)
  }

  static func slab(_ octets: Int) -> Slab {
    let capacity = AnswerSettings.slabCapacity(octets)
    return Slab(octetCapacity: capacity, entryCapacity: capacity / AnswerSettings.octetsPerEntry)
  }

  var isEmpty: Bool { answers.isEmpty && discoveries.isEmpty }
  var waitingOctets: Int { answers.octetCount + discoveries.octetCount }
  /// With the pair that the thread works on.
  var pinnedOctets: Int { 2 * (answers.pinnedOctets + discoveries.pinnedOctets) + limit.pinnedOctets }
}
