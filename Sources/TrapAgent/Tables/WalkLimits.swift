/// How much of walks is remembered.
internal enum WalkLimits {
  /// Walks remembered at once. At the bound the oldest is forgotten: its next step sees fresh values.
  internal static let walksMax = 16
  /// A walk may last this long before it sees fresh values, in nanoseconds.
  internal static let lifetime: UInt64 = 10_000_000_000
  /// Names of one request that are remembered. A walk that asks for more at once may see fresh values.
  internal static let namesMax = 128
}
