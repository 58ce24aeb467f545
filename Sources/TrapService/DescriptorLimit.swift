internal import Glibc

/// How many descriptors this process may have open at once: RLIMIT_NOFILE, systemd's LimitNOFILE=.
internal enum DescriptorLimit {
  /// For all that is no connection of a listener: sockets, files, engines and the API.
  static let others = 256

  /// What to tell the user where `connections` of all listeners together are more than this process can hold.
  static func complaint(connections: Int, limit: Int = sysconf(Int32(_SC_OPEN_MAX))) -> String? {
    // -1: there is no limit.
    guard limit >= 0, connections > 0, connections > limit - others else { return nil }
    return "the listeners may have \(connections) connections together, but this process may open \(limit) files, "
      + "\(others) of them for other uses; lower connections, or raise LimitNOFILE= of the service to \(connections + others)"
  }
}
