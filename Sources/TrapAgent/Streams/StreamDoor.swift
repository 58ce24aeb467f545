/// A socket by which peers come to a listener.
internal protocol StreamDoor: StreamHandler {
  func close()
  /// About once a second.
  func tick()
  /// Who greets from now on is answered by this.
  func renew(_ context: TLSContext)
}
