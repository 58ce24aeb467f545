internal import TrapBatching

/// Where a trap came from.
internal struct ForwardOrigin {
  let source: SourceAddress
  let port: UInt16
  let sequence: UInt64
}
