package import Logging
package import TrapObservation

/// Tells managers of thresholds by SNMP notifications, on Net-SNMP's thread.
///
/// Each manager has a line of its own, bounded as `ThresholdBacklog` says: one that does not answer costs the others
/// nothing. What is sent and what comes in as traps never meet: a manager that is one of our own listeners gets nothing.
package final class Notifier: Sendable {
  /// Has Net-SNMP's thread run something; false where it takes no more.
  package typealias Perform = @Sendable (@escaping @Sendable () -> Void) -> Bool

  private let perform: Perform
  private let lines: NotifierLines
  private let loop: NotifierLoop

  private init(_ perform: @escaping Perform, _ lines: NotifierLines, _ loop: NotifierLoop) {
    self.perform = perform
    self.lines = lines
    self.loop = loop
  }

  /// `perform`: of the one thread that calls Net-SNMP, which must be started. Throws where there are no descriptors.
  package static func start(
    _ settings: NotifierSettings, log: Logger, perform: @escaping Perform
  ) throws(AgentError) -> Notifier {
    guard let base = ObjectName(settings.baseOID) else {
      throw .badConfiguration(what: "base OID", value: settings.baseOID, remedy: "write numbers with dots between")
    }
    let lines = NotifierLines { _, _ in false }
    guard let loop = NotifierLoop(lines, settings, base: base, log: log) else {
      throw .threadUnavailable(reason: "no epoll descriptor for notifications")
    }
    guard perform({ loop.open() }) else { throw .threadUnavailable(reason: "Net-SNMP's thread takes no more work") }
    return Notifier(perform, lines, loop)
  }

  package static func start(
    _ settings: NotifierSettings, log: Logger, on thread: NetSNMPThread
  ) throws(AgentError) -> Notifier {
    try start(settings, log: log) { thread.perform($0) }
  }

  /// Tells these from now on. Who has the name of a former one takes over its line and its counts.
  ///
  /// - Parameter isOwn: whether what is sent to an address comes in at one of our own listeners; asked before each message.
  package func replace(_ managers: [NotificationManager], isOwn: @escaping NotifierSettings.IsOwn) {
    lines.replace(managers, isOwn: isOwn)
  }

  /// Has every manager told. Returns at once; from any thread.
  package func notify(_ event: ThresholdEvent) {
    guard lines.put(event) else { return }
    let loop = loop
    // Where the thread takes no more just now, the next event asks again.
    if !perform({ loop.turn() }) { lines.beginTurn() }
  }

  /// In the order of the configuration.
  package var statistics: [ManagerStatistics] { lines.all.map(\.statistics) }

  /// Sends the traps that wait, and ends the rest: before Net-SNMP's thread is stopped.
  package func stop() {
    let loop = loop
    _ = perform { loop.close() }
  }
}
