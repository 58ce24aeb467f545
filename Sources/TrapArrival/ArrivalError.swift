internal import Glibc
package import TrapBatching

/// Why a listener cannot be opened or started.
package enum ArrivalError: Error, Equatable, CustomStringConvertible {
  case portInUse(ListenerAddress)
  case portForbidden(ListenerAddress)
  case addressNotHere(ListenerAddress)
  /// A descriptor from the service manager that is no bound UDP socket.
  case inheritedUnusable(descriptor: CInt, problem: String)
  case threadUnavailable(StageThreadError)
  case system(operation: String, address: String, code: CInt)

  package var description: String {
    switch self {
    case .portInUse(let address):
      "\(address): the port is in use by another program, or by a traplined that already runs; "
        + "`ss -ulpn 'sport = :\(address.port)'` shows which"
    case .portForbidden(let address):
      "\(address): a port below 1024 needs a socket from systemd (traplined.socket) or the capability "
        + "CAP_NET_BIND_SERVICE"
    case .addressNotHere(let address):
      "\(address): this machine has no such address; `ip address` shows those it has, [::] stands for all"
    case .inheritedUnusable(let descriptor, let problem):
      "descriptor \(descriptor) from the service manager: \(problem); traplined.socket must say ListenDatagram="
    case .threadUnavailable(let error): error.description
    case .system(let operation, let address, let code):
      "\(address): \(operation) failed: \(ArrivalError.text(of: code))"
    }
  }

  internal static func text(of code: CInt) -> String { unsafe String(cString: strerror(code)) }

  /// What a failed `bind` means for whoever wrote the address.
  internal static func binding(_ address: ListenerAddress, code: CInt) -> ArrivalError {
    switch code {
    case EADDRINUSE: .portInUse(address)
    case EACCES: .portForbidden(address)
    case EADDRNOTAVAIL: .addressNotHere(address)
    default: .system(operation: "bind", address: address.description, code: code)
    }
  }
}
