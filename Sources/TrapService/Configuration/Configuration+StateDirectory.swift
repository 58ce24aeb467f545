extension Configuration {
  /// Where the daemon keeps its ledger, engine boots and dead letters.
  package struct StateDirectory: Sendable {
    package enum Origin: String, Sendable {
      case written = "written here"
      case stateDirectory = "from $STATE_DIRECTORY"
      case xdgStateHome = "from $XDG_STATE_HOME"
      case home = "from $HOME"
    }

    package let path: String
    package let origin: Origin

    package init(path: String, origin: Origin) {
      self.path = path
      self.origin = origin
    }
  }
}

extension Configuration.StateDirectory: Equatable {
  /// The same directory is the same setting, however it was found.
  package static func == (one: Self, other: Self) -> Bool { one.path == other.path }
}
