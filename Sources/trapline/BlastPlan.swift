/// What to send: fixed before the first trap leaves.
struct BlastPlan {
  var target: BlastTarget
  /// Addresses to send from; 0 alone where the kernel chooses.
  var sources: [UInt32]
  /// Traps, where bounded by number.
  var count: UInt64?
  /// Nanoseconds, where bounded by time.
  var duration: UInt64?
  var rate: SendingRate
  var shape: TrapTemplate.Shape

  /// `count` addresses from 127.1.0.1 upwards.
  static func loopbackSources(_ count: Int) -> [UInt32] { (0..<count).map { 0x7f01_0001 + UInt32($0) } }
}
