import Synchronization

/// Sends one sample after the other until told to end.
final class Flood: Sendable {
  private let port: UInt16
  private let sender: Sender
  private let isOver = Atomic(false)

  init(to port: UInt16, sender: Sender) {
    self.port = port
    self.sender = sender
  }

  func run() {
    let trap = SampleTrap.v2c()
    while !isOver.load(ordering: .relaxed) { _ = sender.send(trap, to: "127.0.0.1", port: port) }
  }

  func end() { isOver.store(true, ordering: .relaxed) }
}
