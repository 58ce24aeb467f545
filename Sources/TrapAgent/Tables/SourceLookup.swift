internal import TrapBatching

/// A row of traplineSourceLookupTable: a manager's question, by address, and its answer, the source's index.
internal struct SourceLookup: ClientRow, Equatable {
  internal static let rowsMax = 1024
  /// Five minutes from the question.
  internal static let lifetime: UInt64 = 300_000_000_000
  internal static let octetsMax = 64

  internal let address: SourceAddress
  /// 0: there was no such source.
  internal let source: UInt32
  internal let touched: UInt64
}
