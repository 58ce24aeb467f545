internal import TrapAgent
internal import TrapArrival
internal import TrapBatching
internal import TrapLedger
internal import TrapSecurity

/// One listener for SNMP over TCP, TLS or DTLS: its connections, and what becomes of its messages.
internal final class StreamService: Sendable {
  let name: String
  let address: String
  let listener: StreamListener
  private let intake: StreamIntake

  /// nil where the listener is not of a transport with connections.
  static func make(
    _ configuration: Configuration, _ number: Int, queue: BatchQueue, line: ListenerLedger, answers: AnswerSender,
    local: LocalEngine, sources: InterprocessBuffer
  ) -> StreamService? {
    let listener = configuration.listeners[number]
    guard listener.address.transport.isConnected else { return nil }
    let intake = StreamIntake(
      listener: UInt16(number), queue: queue, ledger: line, admission: listener.admission(local: local),
      answering: answers, sources: sources)
    let service = StreamService(
      configuration, listener, intake, settings: settings(configuration, listener, number), line: line)
    answers.route(listener: UInt16(number), to: service.listener)
    return service
  }

  private init(
    _ configuration: Configuration, _ listener: Configuration.Listener, _ intake: StreamIntake,
    settings: StreamSettings, line: ListenerLedger
  ) {
    name = listener.name
    address = "\(listener.address)"
    self.intake = intake
    self.listener = StreamListener(
      settings, observe: { line.set(ListenerLedger.Connections($0)) },
      lose: { count in
        line.addArrived(count)
        line.addRefused(count, .kernelDrop)
      },
      refuse: { facts in intake.refuseMalformed(facts, now: SystemClock.monotonic()) },
      deliver: { facts, octets, isSecured in
        intake.take(facts, octets, isTransportSecured: isSecured, now: SystemClock.monotonic())
      })
  }

  /// Whether it shows a certificate.
  var isSecure: Bool { listener.settings.identity != nil }

  /// Replaces who may send, from the next message on.
  func setAdmission(_ new: Admission) { intake.setAdmission(new) }

  private static func settings(
    _ configuration: Configuration, _ listener: Configuration.Listener, _ number: Int
  ) -> StreamSettings {
    guard let address = StreamAddress("\(listener.address)") else {
      preconditionFailure("\(listener.address) is no address of a stream listener")
    }
    var settings = StreamSettings(name: listener.name, number: UInt16(number), address: address)
    settings.limits.connections = listener.connections.most
    settings.limits.connectionsPerSource = listener.connections.mostPerSource
    settings.limits.idle = listener.connections.idle
    settings.limits.buffered = listener.connections.most * Limits.streamOctets
    // The configuration was checked: where a listener needs it, it is there.
    if listener.address.transport.isSecure { settings.identity = configuration.security.tls.map { TLSIdentity($0) } }
    return settings
  }
}

extension ListenerLedger.Connections {
  fileprivate init(_ statistics: StreamStatistics) {
    self.init()
    (open, accepted) = (statistics.open, statistics.accepted)
    refused = statistics.refusedByLimit + statistics.refusedBySourceLimit
    (failedHandshakes, idleClosed) = (statistics.failedHandshakes, statistics.idleClosed)
  }
}
