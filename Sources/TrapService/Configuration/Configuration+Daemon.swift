extension Configuration {
  /// `<daemon>`: what concerns the process as a whole.
  package struct Daemon: Equatable, Sendable {
    package var name = "trapline"
    /// All bounds together stay below this.
    package var memoryLimit = 512 << 20
    package var stateDirectory: StateDirectory
    /// nil where no `<agent>` is written: then no SNMP agent runs.
    package var agent: Agent?
    /// nil where no `<api>` is written: then nothing is served over HTTP, and no engine registers at run time.
    package var api: API?
    package var informs = Informs()
    package var polling = Polling()
    /// Octets of `<sources>`, the table of who sent what; nil: derived.
    package var sources: Int?
    /// How long a stop waits for the processing engines to take what is queued.
    package var drain: UInt64 = 10_000_000_000

    package init(stateDirectory: StateDirectory) { self.stateDirectory = stateDirectory }
  }
}
