/// A socket by which peers come to a listener.
internal protocol StreamDoor: StreamHandler {
  func close()
  /// About once a second.
  func tick()
}
