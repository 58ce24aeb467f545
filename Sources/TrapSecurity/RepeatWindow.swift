/// The authenticated messages of the last 150 seconds, oldest forgotten first: who sends one of them again, octet for
/// octet, is not believed. (The time window alone lets a recording pass for as long.)
///
/// A ring in order of arrival, which doubles up to its bound, and chains through it by digest. A chain goes from newer to
/// older and ends where the ring has forgotten, so that forgetting costs nothing.
struct RepeatWindow {
  /// One second more than the time window: engine times are whole seconds, so a recording can be in it for 150.9…
  static let span: UInt64 = 151_000_000_000
  /// A record, its link and its chain's head.
  static let recordOctets = MemoryLayout<RepeatRecord>.stride + 2 * MemoryLayout<UInt64>.stride
  private static let initialCapacity = 1024

  /// Records at most; 0 keeps none.
  let limit: Int
  /// Ring places; `links` of the same count hold 1 + the number of the next older record of the chain, 0 for none.
  private var records: [RepeatRecord] = []
  private var links: [UInt64] = []
  /// 1 + the number of the newest record of each chain.
  private var heads: [UInt64] = []
  /// Numbers of records: the next one's, and that of the oldest which is remembered.
  private var next: UInt64 = 0
  private var oldest: UInt64 = 0
  /// Records forgotten for want of room, before their time.
  private(set) var overflows: UInt64 = 0

  /// - Parameter limit: octets.
  init(limit: Int) { self.limit = limit / Self.recordOctets }

  var count: Int { Int(next - oldest) }
  var octets: Int { records.count * Self.recordOctets }

  /// False for a repeat; anything else is remembered from now on.
  mutating func admit(_ record: RepeatRecord, now: UInt64) -> Bool {
    guard limit > 0 else { return true }
    guard !holds(record, now: now) else { return false }
    makeRoom()
    append(RepeatRecord(record, arrived: now))
    return true
  }

  /// Whether such a record is remembered; nothing is from now on.
  mutating func holds(_ record: RepeatRecord, now: UInt64) -> Bool {
    while oldest < next, hasEnded(records[place(oldest)], now) { oldest += 1 }
    return contains(record)
  }

  private func hasEnded(_ record: RepeatRecord, _ now: UInt64) -> Bool { now >= record.arrived &+ Self.span }

  private func place(_ number: UInt64) -> Int { Int(number % UInt64(records.count)) }

  /// Digests are as good as random.
  private func chain(_ record: RepeatRecord) -> Int { Int((record.digestHigh ^ record.engine) % UInt64(heads.count)) }

  private func contains(_ record: RepeatRecord) -> Bool {
    guard !heads.isEmpty else { return false }
    var link = heads[chain(record)]
    while link > oldest {
      if records[place(link - 1)] == record { return true }
      link = links[place(link - 1)]
    }
    return false
  }

  private mutating func append(_ record: RepeatRecord) {
    let (place, chain) = (place(next), chain(record))
    records[place] = record
    links[place] = heads[chain]
    next += 1
    heads[chain] = next
  }

  private mutating func makeRoom() {
    guard count == records.count else { return }
    guard records.count < limit else {
      oldest += 1
      overflows &+= 1
      return
    }
    let kept = (oldest..<next).map { records[place($0)] }
    let capacity = min(limit, max(Self.initialCapacity, 2 * records.count))
    records = Array(repeating: RepeatRecord(digestHigh: 0, digestLow: 0, engine: 0, shape: 0), count: capacity)
    links = Array(repeating: 0, count: capacity)
    heads = Array(repeating: 0, count: capacity)
    (oldest, next) = (0, 0)
    for record in kept { append(record) }
  }
}
