/// What a descriptor of the epoll set belongs to.
internal protocol StreamHandler: AnyObject {
  /// The descriptor is ready. True where there is more to do than one turn allows, without new octets coming.
  func handle(now: UInt64) -> Bool
}

/// One peer of a listener, by a connection of its own or by DTLS.
internal protocol StreamPeer: AnyObject {
  /// Once it may send messages: at once, or after its handshake.
  var isReady: Bool { get }
  /// Monotonic nanoseconds: of its last whole message, or of its begin.
  var lastHeard: UInt64 { get }
  /// Octets that it pins.
  var pinned: Int { get }

  /// False where there is no room for the message, or it cannot be sent.
  func send(_ message: [UInt8]) -> Bool
  /// Ends it, with a farewell where its protocol has one.
  func close()
  /// About once a second.
  func tick()
}
