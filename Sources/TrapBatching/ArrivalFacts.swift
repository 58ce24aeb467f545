/// What is known of a datagram from its arrival alone. Travels with the octets until delivery.
package struct ArrivalFacts: Sendable, Equatable {
  /// When the kernel received it (`SO_TIMESTAMPNS`), in nanoseconds since 1970; every latency starts here.
  package var received: Int64
  package var source: SourceAddress
  /// The address that it was sent to (`IP_PKTINFO`), so that an answer leaves from there.
  package var local: SourceAddress
  /// The interface's number, which the kernel keeps below 2³¹, and in the top bit whether acceptance is deferred.
  private var interfaceAndDeferral: UInt32
  /// The source's UDP port.
  package var port: UInt16
  /// The listener's number, in the order of the configuration.
  package var listener: UInt16

  package init(
    received: Int64, source: SourceAddress, local: SourceAddress = .unspecified, interface: UInt32 = 0,
    port: UInt16, listener: UInt16
  ) {
    self.received = received
    self.source = source
    self.local = local
    interfaceAndDeferral = interface & ~ArrivalFacts.deferral
    self.port = port
    self.listener = listener
  }

  private static let deferral: UInt32 = 1 << 31

  /// The interface that it came in by; 0 where unknown.
  package var interface: UInt32 {
    get { interfaceAndDeferral & ~ArrivalFacts.deferral }
    set { interfaceAndDeferral = interfaceAndDeferral & ArrivalFacts.deferral | newValue & ~ArrivalFacts.deferral }
  }

  /// Arrival has not counted it as accepted: classification decides whether it is, and counts it. So the ledger adds up
  /// also where the listener's policy changes while the trap is on its way.
  package var isDeferred: Bool {
    get { interfaceAndDeferral & ArrivalFacts.deferral != 0 }
    set {
      interfaceAndDeferral = interfaceAndDeferral & ~ArrivalFacts.deferral | (newValue ? ArrivalFacts.deferral : 0)
    }
  }
}
