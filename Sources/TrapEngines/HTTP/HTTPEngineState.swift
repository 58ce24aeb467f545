/// What a push engine has under way.
internal struct HTTPEngineState {
  private(set) var outstanding = 0
  private(set) var isStopping = false

  /// False once the engine is stopping.
  mutating func begin() -> Bool {
    guard !isStopping else { return false }
    outstanding += 1
    return true
  }

  /// True where that was the last one of a stopping engine.
  mutating func end() -> Bool {
    outstanding -= 1
    precondition(outstanding >= 0, "\(outstanding) batches outstanding")
    return isStopping && outstanding == 0
  }

  /// True where nothing is under way.
  mutating func stop() -> Bool {
    isStopping = true
    return outstanding == 0
  }
}
