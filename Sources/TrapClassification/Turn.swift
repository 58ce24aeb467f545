/// How a turn of the classification ended.
package enum Turn: Sendable, Equatable {
  /// There is more to do now.
  case busy
  /// Nothing to do before this monotonic moment, or before a wake where there is none.
  case idle(until: UInt64?)
  /// It was told to stop, and everything is placed or accounted for.
  case finished
}
