internal import SNMPWire

/// What an authenticated message of another engine left of its clock (RFC 3414 §2.3). 24 octets.
struct EngineTime: Equatable {
  /// Below it, or this far behind the engine's clock, a message is not in the time window (RFC 3414 §3.2 7b): seconds.
  static let window: Int64 = 150

  /// snmpEngineBoots.
  var boots: Int32
  /// snmpEngineTime, our notion of it at `reference`.
  var time: Int32
  /// latestReceivedEngineTime: only what is above it moves the notion.
  var latest: Int32
  /// Monotonic nanoseconds.
  var reference: UInt64

  /// The engine's time now, by our clock: seconds. Beyond 2^31-1 it goes on, as the engine's boots would.
  func time(now: UInt64) -> Int64 {
    Int64(time) + Int64((max(now, reference) - reference) / 1_000_000_000)
  }

  /// Takes over what a message with the right digest says, if it is news (RFC 3414 §3.2 7b 1).
  mutating func note(boots: Int32, time: Int32, now: UInt64) {
    guard boots > self.boots || (boots == self.boots && time > latest) else { return }
    self.boots = boots
    self.time = time
    latest = time
    reference = now
  }

  /// Whether such a message, noted already, is in the time window (RFC 3414 §3.2 7b 2).
  func admits(boots: Int32, time: Int32, now: UInt64) -> Bool {
    guard self.boots != LocalEngine.latchedBoots, boots >= self.boots else { return false }
    return boots > self.boots || Int64(time) >= self.time(now: now) - Self.window
  }
}
