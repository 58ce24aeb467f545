package import TrapControl

extension Configuration {
  /// What an engine asked for at run time, checked, with every default filled in.
  package struct Registration: Equatable, Sendable {
    /// Of one engine's `subscribe` and `filter` together, so that registrations stay small.
    package static let selectionValuesMax = 512
    /// A batch of a registration is at most so long, in octets of datagrams: all registrations share their buffers.
    package static let batchOctetsMax = 1 << 20

    /// A `pull` engine. Its `subscribe` is `[Selection()]` where the registration left it out.
    package var engine: Engine
    package var start = StartPoint.now
    /// Nanoseconds after the last call of its engine.
    package var lease: UInt64 = 60_000_000_000
    /// Survives its lease and a restart.
    package var isPersistent = false

    package init(engine: Engine) { self.engine = engine }
  }
}
