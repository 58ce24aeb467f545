/// Decides what a lane does after a read. At a high rate a read that finds few datagrams wastes a system call and a
/// context switch on them, so the lane lets some more gather; at a low rate it reads at once.
package struct ReadPacing: Sendable, Equatable {
  package enum Step: Sendable, Equatable {
    /// The socket holds more than one read takes.
    case readAgain
    /// Wait this many nanoseconds, then read without asking whether there is something.
    case gather(UInt64)
    /// Wait until a datagram comes.
    case waitForArrival
  }

  /// A read of at least this many, but less than all slots, shows a rate at which gathering pays.
  package static let gatherFrom = 8
  /// A smaller buffer could fill while the lane gathers. 1 MiB holds about 800 small datagrams with their bookkeeping,
  /// 500 µs at 1.6 million a second.
  package static let gatherBuffer = 1 << 20

  private let slots: Int
  private let gatherTime: UInt64

  /// `gatherTime` in nanoseconds; 0 never gathers. `receiveBuffer` in octets, as granted.
  package init(slots: Int, receiveBuffer: Int, gatherTime: UInt64 = 500_000) {
    self.slots = slots
    self.gatherTime = receiveBuffer >= ReadPacing.gatherBuffer ? gatherTime : 0
  }

  package func next(afterReading count: Int) -> Step {
    if count >= slots { return .readAgain }
    return count >= ReadPacing.gatherFrom && gatherTime > 0 ? .gather(gatherTime) : .waitForArrival
  }
}
