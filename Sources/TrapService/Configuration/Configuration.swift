/// A configuration as written: every value typed and checked by itself, every default that does not depend on another
/// setting filled in. What depends on `memory limit` stays nil here and is derived in `Limits`.
///
/// Sizes are octets, durations nanoseconds.
package struct Configuration: Equatable, Sendable {
  /// The namespace of the configuration's elements.
  package static let namespace = "urn:trapline:daemon:1"

  package var daemon: Daemon
  package var security: Security
  package var agents: Agents
  /// At least one, in the order of the file.
  package var listeners: [Listener]
  package var metadata: Metadata
  /// At least one, in the order of the file.
  package var engines: [Engine]
  package var monitor: Monitor

  package init(
    daemon: Daemon, security: Security = Security(), agents: Agents = Agents(), listeners: [Listener],
    metadata: Metadata, engines: [Engine], monitor: Monitor = Monitor()
  ) {
    self.daemon = daemon
    self.security = security
    self.agents = agents
    self.listeners = listeners
    self.metadata = metadata
    self.engines = engines
    self.monitor = monitor
  }
}
