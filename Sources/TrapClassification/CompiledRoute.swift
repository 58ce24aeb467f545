internal import TrapBatching

/// A route without references, so that going through a program counts none: what varies in length lies in the
/// program's two tables.
internal struct CompiledRoute {
  /// Into the program's sub-identifiers; empty for any OID.
  var prefix: Range<Int>
  /// Into the program's communities.
  var community: Range<Int>
  var hasCommunity: Bool
  /// A bit per version, at its number in the message.
  var versions: UInt8
  /// A bit per kind of notification.
  var pdus: UInt8
  var routeSet: RouteSetNumber

  var needsPeek: Bool { versions != .max || pdus != .max || hasCommunity }
}
