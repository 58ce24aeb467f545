internal import SNMPWire

/// Why one trap is not sent on.
internal enum ForwardRefusal: Error, CustomStringConvertible {
  case conversion(ConversionError)
  case unreadable(PeekRefusal)
  /// It came decrypted, or must be confirmed, and there is no user to seal it for.
  case noUser
  /// Nobody here can read it, and it would have to be written anew.
  case encrypted
  /// More octets than a datagram holds.
  case size(Int)
  /// An SNMPv3 trap that this very daemon sent.
  case ownTrap
  case loop
  /// The receiver is this very daemon.
  case ownEngine
  /// The receiver's response to it as an inform.
  case errorStatus(Int32)

  var description: String {
    switch self {
    case .conversion(let error): "\(error)"
    case .unreadable: "it is no notification that can be read"
    case .noUser: "it is of SNMPv3, and the engine has no user to send it on with"
    case .encrypted: "it is encrypted and was delivered as it came; only whoever can read it can send it on as another"
    case .size(let count): "as a message it has \(count) octets, which is more than a datagram holds"
    case .ownTrap: "a loop: this daemon itself sent it on, as the engine ID says, and it came back"
    case .ownEngine: "a loop: its receiver is this very daemon, as the engine ID says"
    case .loop: "a loop: it was sent on before and comes back again and again from another source"
    case .errorStatus(let status): "its response has error-status \(status)"
    }
  }
}
