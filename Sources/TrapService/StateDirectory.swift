internal import Glibc

/// Where the ledger, the engine boots and the dead letters live.
internal enum StateDirectory {
  /// Makes the directory and its parents, as far as they are missing, for the owner and the group alone.
  static func make(_ path: String) throws(StartFailure) {
    var made = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      made += "/" + part
      if unsafe mkdir(made, 0o750) == 0 || errno == EEXIST { continue }
      let reason = unsafe String(cString: strerror(errno))
      throw StartFailure(
        "\(made): the state directory cannot be made: \(reason); give another in <state directory=\"…\"/> or change its owner"
      )
    }
  }
}
