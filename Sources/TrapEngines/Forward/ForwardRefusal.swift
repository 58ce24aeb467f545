internal import SNMPWire

/// Why one trap is not sent on.
internal enum ForwardRefusal: Error, CustomStringConvertible {
  case conversion(ConversionError)
  case unreadable(PeekRefusal)
  /// It came decrypted, and there is no user to encrypt it for.
  case noUser
  case loop

  var description: String {
    switch self {
    case .conversion(let error): "\(error)"
    case .unreadable: "it is no notification that can be read"
    case .noUser: "it is of SNMPv3, and the engine has no user to send it on with"
    case .loop: "it has been sent on three times within a minute and came back from another source: a loop"
    }
  }
}
