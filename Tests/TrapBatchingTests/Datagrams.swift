internal import DequeModule
internal import TrapBatching

/// A datagram whose octets tell its number, so that a mix-up shows: `length` octets of `number`, wrapped.
func datagram(_ number: Int, length: Int = 61) -> [UInt8] {
  (0..<length).map { UInt8(truncatingIfNeeded: number + $0) }
}

func facts(_ number: Int, source: UInt32 = 0x7f00_0001) -> ArrivalFacts {
  ArrivalFacts(received: Int64(number), source: SourceAddress(ipv4: source), port: 162, listener: 0)
}

extension BatchQueue {
  /// Puts trap `number`; false where the queue refused it.
  func put(_ number: Int, length: Int = 61, now: UInt64) -> Bool {
    put(facts(number), datagram(number, length: length).span, now: now) == .queued
  }

  /// Takes what is due: the batch's ID and the numbers of its traps. The batch stays outstanding.
  func takeNumbers(now: UInt64) -> (id: UInt64, numbers: [Int])? {
    guard let batch = take(now: now) else { return nil }
    return (batch.id, numbers(of: batch))
  }

  func numbers(of batch: borrowing TakenBatch) -> [Int] {
    var numbers: [Int] = []
    for slab in batch.slabs.indices {
      for trap in 0..<batch.slabs[slab].count { numbers.append(Int(batch.slabs[slab].facts(trap).received)) }
    }
    return numbers
  }
}

extension BatchLimits {
  /// Limits for a test: by count and wait alone, with room for everything.
  static func test(
    traps: Int, maxWait: UInt64, outstanding: Int = 1, octets: Int = .max, bound: Int = 64 << 20
  ) -> BatchLimits {
    BatchLimits(
      traps: traps, octets: octets, maxWait: maxWait, outstanding: outstanding, bound: bound, slabOctets: 65_536,
      slabEntries: 64)
  }
}

let millisecond: UInt64 = 1_000_000
