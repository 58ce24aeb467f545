/// What is odd about the octets of a message: each is something that the two readers may see in their own way.
enum Oddity {
  /// An element that ends behind the one that encloses it, or behind the message.
  case overrun
  /// A string around security parameters that ends behind them.
  case wrapper
  /// msgID or msgMaxSize out of their bounds, or bits of msgFlags that mean nothing.
  case header
  /// A string under the tag of another type that is a string inside, or an integer likewise.
  case tag
  case bitString
  /// Octets behind a varbind's value.
  case trailing
  /// NULL, or an exception, that is not empty.
  case filledNull
  case wideInteger
  /// A sub-identifier that begins with 0x80, or of more than 32 bits.
  case subidentifier
  /// An Opaque that begins as Net-SNMP's own types do.
  case opaque
}
