/// Who asks, as far as the API has found out.
package enum ControlCaller: Sendable, Equatable {
  /// By loopback or Unix socket: may do everything.
  case local
  /// By a token: its name in the configuration. Which engines it may use is the control plane's to look up.
  case token(String)
}
