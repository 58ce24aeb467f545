extension UInt64 {
  /// A time that much later; the end of time where it reaches beyond.
  internal func later(by nanoseconds: UInt64) -> UInt64 {
    let (time, overflows) = addingReportingOverflow(nanoseconds)
    return overflows ? .max : time
  }
}
