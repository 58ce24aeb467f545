/// A row that a manager made.
internal protocol ClientRow {
  /// At most this many at once; a further one is refused and counted.
  static var rowsMax: Int { get }
  /// Untouched for this long, it goes; nanoseconds.
  static var lifetime: UInt64 { get }
  /// What one takes at most, in octets.
  static var octetsMax: Int { get }
  /// When it was made or last of use; monotonic, nanoseconds.
  var touched: UInt64 { get }
}
