package import TrapBatching
package import TrapLedger

/// What classification must know of one listener, by its number: where its traps are counted, and what is asked of them.
package struct ListenerProfile: Sendable {
  package enum V3Policy: Sendable {
    case verify
    /// As received, and nothing is believed of it: arrival accepts it at once.
    case deliverRaw
    /// Arrival refuses it.
    case refuse
  }

  package enum InformPolicy: Sendable {
    /// A response is sent once the inform is placed.
    case answer
    /// As if it were a trap.
    case deliver
  }

  /// Which refused messages get a Report (RFC 3414 §3.2), where they asked for one.
  package enum ReportPolicy: Sendable {
    /// Those that only want to synchronise: an unknown engine ID, a time outside the window.
    case discovery
    case all
    case none
  }

  /// What metadata is asked by.
  package enum KeyAddress: Sendable { case source, agent }

  package let line: ListenerLedger
  package var v3 = V3Policy.verify
  /// The least msgFlags & 3 of its v3 messages.
  package var minimumLevel: UInt8 = 0
  package var informs = InformPolicy.answer
  package var reports = ReportPolicy.discovery
  package var key = KeyAddress.source
  /// Where responses and reports go; nil: nothing is answered.
  package var answers: (any AnswerSink)?
  /// A transport of Net-SNMP's: its messages may have been secured by the transport itself (RFC 5591).
  package var isStream = false

  package init(line: ListenerLedger) { self.line = line }
}
