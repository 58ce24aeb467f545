/// One request from its first key to its last answer.
internal struct OutstandingRequest {
  enum State {
    /// Takes keys until it is full or the moment has come.
    case forming(until: UInt64)
    /// Waits for a place among the outstanding.
    case ready
    case asked(deadline: UInt64)
    case pausing(until: UInt64)
  }

  let id: UInt64
  /// Its place changes with the assignment.
  var desk: Int
  /// As they joined; which of them are open stands with the pending keys.
  var keys: [MetadataKey] = []
  var openKeys = 0
  var state: State
  var attempts = 0
  /// The source may still be at work on the last asking: neither an answer nor a failure nor the timeout has come. Until
  /// then the request keeps its place among the outstanding, also where none of its keys is open any more.
  var isUnderWay = false
  var askedAt: UInt64 = 0
  /// When its oldest key began to wait.
  var since: UInt64
}
