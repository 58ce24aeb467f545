/// A position in the event queue: an offset in the segment of that first sequence number.
///
/// Where that segment is gone, the position is the start of the next one.
internal struct QueueCursor: Sendable, Equatable {
  var segment: UInt64
  var offset: Int
}
