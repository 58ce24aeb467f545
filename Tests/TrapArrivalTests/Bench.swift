import DequeModule
import TrapBatching
import TrapLedger

@testable import TrapArrival

/// A listener on the loopback interface with its queue and its ledger.
///
/// On loopback a datagram is in the receiver's socket when `sendto` returns. So a test sends, starts the lanes and
/// stops them, and all that was sent has been read, without a wait.
struct Bench {
  let ledger: Ledger
  let line: ListenerLedger
  let queue: BatchQueue
  let listener: Listener
  var port: UInt16 { listener.address.port }

  init(
    _ sockets: ListenerSockets, admission: Admission = .all, bound: Int = 16 << 20,
    settings: Lane.Settings = Lane.Settings(), maxWait: UInt64 = 0, former: ListenerLedger? = nil,
    answering: AnswerSender? = nil, sources: InterprocessBuffer? = nil
  ) throws {
    ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    line = try ledger.listener("main")
    let limits = BatchLimits(traps: 500, octets: 1 << 20, maxWait: maxWait, outstanding: 64, bound: bound)
    queue = BatchQueue(name: "arrivals", limits: limits, waker: Waker())
    listener = try Listener.make(
      name: "main", index: 3, sockets: sockets, admission: admission, queue: queue, ledger: line,
      former: former, answering: answering, sources: sources, now: 1, settings: settings)
  }

  static func open(_ host: String, lanes: Int = 1, isIPv6Only: Bool = false) throws -> ListenerSockets {
    try ListenerSockets.open(
      address: ListenerAddress(address: SourceAddress(host)!, port: 0, isIPv6Only: isIPv6Only), lanes: lanes,
      receiveBuffer: 1 << 20)
  }

  func readAll() throws {
    try listener.start()
    listener.stop()
  }

  /// Everything in the queue, in order.
  func takeTraps() -> [(facts: ArrivalFacts, octets: [UInt8])] {
    var traps: [(facts: ArrivalFacts, octets: [UInt8])] = []
    guard var batch = queue.takeRest() else { return [] }
    while let slab = batch.slabs.popFirst() {
      for index in 0..<slab.count {
        slab.withDatagram(index) { facts, octets in
          traps.append((facts, (0..<octets.count).map { octets[$0] }))
        }
      }
    }
    queue.complete(batch.id)
    return traps
  }

  var isBalanced: Bool { line.arrived == line.accepted + line.answered + line.refused }
}
