internal import Synchronization
package import TrapBatching
package import TrapLedger

/// One bound address and its lanes.
package final class Listener: Sendable {
  private enum Phase { case opened, running([StageThread]), stopped, closed }

  /// What a lane has counted of sources and not told yet.
  package static let sourceOctetsPerLane = RefusedSources.pinnedOctets

  package let name: String
  package let address: ListenerAddress
  package let warnings: [String]
  private let ledger: ListenerLedger
  private let admission: AdmissionCell
  private let answering: AnswerSender?
  private let stopSignal: StopSignal
  private let lanes: [Lane]
  private let phase = Mutex(Phase.opened)

  /// `index` is the listener's number in the order of the configuration; `former` is the listener's line in the ledger of
  /// the run before, which may have had the same sockets; `answering` sends this listener's answers, by its first socket,
  /// and takes its discoveries; `sources` is told of the sources of what is refused or answered here; `now` is monotonic.
  package static func make(
    name: String, index: UInt16, sockets: ListenerSockets, admission: Admission, queue: BatchQueue,
    ledger: ListenerLedger, former: ListenerLedger? = nil, answering: AnswerSender? = nil,
    sources: InterprocessBuffer? = nil, now: UInt64
  ) throws(ArrivalError) -> Listener {
    try make(
      name: name, index: index, sockets: sockets, admission: admission, queue: queue, ledger: ledger, former: former,
      answering: answering, sources: sources, now: now, settings: Lane.Settings())
  }

  internal static func make(
    name: String, index: UInt16, sockets: ListenerSockets, admission: Admission, queue: BatchQueue,
    ledger: ListenerLedger, former: ListenerLedger? = nil, answering: AnswerSender? = nil,
    sources: InterprocessBuffer? = nil, now: UInt64, settings: Lane.Settings
  ) throws(ArrivalError) -> Listener {
    for socket in sockets.lanes where socket.isInherited {
      if let counted = former?.notedDrops(ofSocket: socket.cookie) { socket.resume(from: counted) }
    }
    let stop = try StopSignal.make()
    let cell = AdmissionCell(admission)
    let lanes = sockets.lanes.enumerated().map { number, socket in
      // The number first: the kernel keeps 15 octets of a thread's name.
      Lane(
        name: "rx\(number)-\(name)", listener: index, socket: socket, settings: settings, queue: queue,
        ledger: ledger, admission: cell, answering: answering, sources: sources, stop: stop, now: now)
    }
    answering?.setRoute(index, .socket(sockets.lanes[0]))
    return Listener(
      name: name, sockets: sockets, ledger: ledger, admission: cell, answering: answering, stop: stop, lanes: lanes)
  }

  private init(
    name: String, sockets: ListenerSockets, ledger: ListenerLedger, admission: AdmissionCell,
    answering: AnswerSender?, stop: StopSignal, lanes: [Lane]
  ) {
    self.name = name
    address = sockets.address
    warnings = sockets.warnings
    self.ledger = ledger
    self.admission = admission
    self.answering = answering
    stopSignal = stop
    self.lanes = lanes
  }

  /// One per lane, for the watchdog.
  package var beats: [LoopBeat] { lanes.map(\.beat) }

  /// Starts the lanes. What has come since the sockets were bound waits in them.
  package func start() throws(ArrivalError) {
    try phase.withLock { phase throws(ArrivalError) in
      guard case .opened = phase else { return }
      var threads: [StageThread] = []
      // Set after each thread, so that `stop` joins those that run where a later one fails.
      defer { phase = .running(threads) }
      do throws(StageThreadError) {
        for lane in lanes { threads.append(try StageThread(name: lane.name) { lane.run() }) }
      } catch {
        throw .threadUnavailable(error)
      }
    }
  }

  /// Closes the sockets to new datagrams, reads them empty and counts the last drops. Returns when every datagram that
  /// reached a socket stands in the ledger. Where answers are sent the sockets stay open for them, until `closeSockets`;
  /// else they are closed here.
  package func stop() {
    phase.withLock { phase in
      let threads: [StageThread]
      switch phase {
      case .opened: threads = []
      case .running(let running): threads = running
      case .stopped, .closed: return
      }
      // From here on the kernel drops what comes, and counts it: without that a flood could keep a lane for ever, and
      // what came between the last read and the end would stand nowhere.
      for lane in lanes where !lane.socket.isInherited { lane.socket.closeToArrivals() }
      stopSignal.raise()
      for thread in threads { thread.join() }
      refreshKernelDrops()
      phase = .stopped
    }
    if answering == nil { closeSockets() }
  }

  /// Lets the sockets go after the answering thread has stopped, and counts what the kernel dropped since `stop`. The
  /// sockets end together: in a group of steered ones, one that closes moves the sources of another.
  package func closeSockets() {
    phase.withLock { phase in
      guard case .stopped = phase else { return }
      refreshKernelDrops()
      for lane in lanes { lane.socket.close() }
      phase = .closed
    }
  }

  /// Replaces who may send, from each lane's next read on.
  package func setAdmission(_ new: Admission) { admission.replace(with: new) }

  /// Counts what the kernel dropped since the last call, as arrived and refused. Called before every snapshot, from
  /// any thread; each drop is counted once.
  package func refreshKernelDrops() {
    for (number, lane) in lanes.enumerated() {
      lane.socket.takeNewDrops { count, reading in
        if count > 0 {
          ledger.addArrived(count)
          ledger.addRefused(count, .kernelDrop)
        }
        // After the counts: a run that dies in between has the next one count these drops again, and none is lost.
        ledger.noteSocket(lane: number, cookie: lane.socket.cookie, drops: reading)
      }
    }
  }

  package var row: ListenerRow {
    let failures = lanes.map(\.readFailures)
    let last = failures.last { $0.count > 0 }?.last
    return ListenerRow(
      name: name, address: address.description, lanes: lanes.count,
      receiveBuffer: lanes.map(\.socket.receiveBuffer).min() ?? 0,
      isInherited: lanes.contains { $0.socket.isInherited }, warnings: warnings,
      readFailures: failures.reduce(0) { $0 + $1.count }, lastReadFailure: last.map(ArrivalError.text(of:)))
  }
}
