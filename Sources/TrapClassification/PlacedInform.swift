internal import SNMPWire
internal import TrapSecurity

/// An inform that is on its way to the log, with what its answer is made of.
internal struct PlacedInform {
  /// Among the placements.
  var index = 0
  let digest: InformDigest
  let received: Int64
  let peek: TrapPeek
  /// Who secures the response; nil where nobody does.
  let user: USMUser?
}
