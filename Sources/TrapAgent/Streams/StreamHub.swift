internal import CNetSNMP
internal import Glibc
internal import Logging
internal import TrapBatching

/// All stream listeners' descriptors, behind the one descriptor of an epoll set: Net-SNMP's own table takes 32.
///
/// Made by whoever starts the thread, and from then on called by Net-SNMP's thread alone: hence unchecked.
internal final class StreamHub: @unchecked Sendable {
  /// Descriptors served in a turn; the kernel hands the others out in the next.
  private static let readyMax = 64
  private static let drainTurnsMax = 64
  private static let sweepInterval: UInt64 = 1_000_000_000

  internal let descriptor: CInt
  /// The next turn has work without waiting.
  internal private(set) var hasMore = false

  private let log: Logger
  private let wakeup: AgentWakeup
  private var ports: [StreamPort] = []
  private var handlers: [UInt64: any StreamHandler] = [:]
  private var unfinished: Set<UInt64> = []
  private var lastToken: UInt64 = 0
  private var lastSweep: UInt64 = 0

  internal init?(log: Logger, wakeup: AgentWakeup) {
    descriptor = epoll_create1(CInt(EPOLL_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    self.log = log
    self.wakeup = wakeup
  }

  deinit { _ = Glibc.close(descriptor) }

  internal func open(_ listener: StreamListener) throws(AgentError) {
    let port = try StreamPort.open(listener, hub: self, log: log)
    ports.append(port)
    listener.answers.attach(wakeup)
  }

  internal func renew(_ listener: StreamListener) throws(AgentError) {
    try ports.first { $0.listener === listener }?.renew()
  }

  internal func close(_ listener: StreamListener) {
    drain()
    guard let index = ports.firstIndex(where: { $0.listener === listener }) else { return }
    ports.remove(at: index).closeAll()
    listener.answers.detach()
  }

  internal func closeAll() {
    drain()
    for port in ports {
      port.closeAll()
      port.listener.answers.detach()
    }
    ports = []
  }

  /// Sends what waits to be sent, serves what is ready, and once a second looks for what is over its time.
  internal func turn(now: UInt64) {
    serve(now: now)
    guard now &- lastSweep >= Self.sweepInterval else { return }
    lastSweep = now
    for port in ports { port.sweep(now: now) }
  }

  /// What the kernel has of the peers already is read before their sockets close, within a bound.
  private func drain() {
    var turns = 0
    while turns < Self.drainTurnsMax, serve(now: SystemClock.monotonic()) { turns += 1 }
  }

  /// False where nothing was ready.
  @discardableResult
  private func serve(now: UInt64) -> Bool {
    for port in ports {
      for answer in port.listener.answers.takeAll() { port.send(answer) }
    }
    let again = unfinished
    unfinished = []
    var ready = waitForNothing()
    let isFull = ready.count == Self.readyMax
    ready += again.subtracting(ready)
    for token in ready {
      guard let handler = handlers[token] else { continue }
      if handler.handle(now: now), handlers[token] != nil { unfinished.insert(token) }
    }
    hasMore = isFull || !unfinished.isEmpty
    return !ready.isEmpty
  }

  /// Tokens of what is ready.
  private func waitForNothing() -> [UInt64] {
    guard !handlers.isEmpty else { return [] }
    var events = unsafe [epoll_event](repeating: epoll_event(), count: Self.readyMax)
    let count = unsafe epoll_wait(descriptor, &events, CInt(events.count), 0)
    return count <= 0 ? [] : unsafe events.prefix(Int(count)).map { unsafe $0.data.u64 }
  }
}

extension StreamHub {
  /// Returns the token by which to change and remove it; nil where the kernel takes no more.
  internal func add(_ descriptor: CInt, _ handler: any StreamHandler) -> UInt64? {
    lastToken += 1
    guard control(EPOLL_CTL_ADD, descriptor, lastToken, wantsOutput: false) else { return nil }
    handlers[lastToken] = handler
    return lastToken
  }

  internal func setWantsOutput(_ wants: Bool, _ descriptor: CInt, token: UInt64) {
    _ = control(EPOLL_CTL_MOD, descriptor, token, wantsOutput: wants)
  }

  internal func setWantsInput(_ wants: Bool, _ descriptor: CInt, token: UInt64) {
    _ = control(EPOLL_CTL_MOD, descriptor, token, wantsInput: wants, wantsOutput: false)
  }

  internal func remove(_ descriptor: CInt, token: UInt64) {
    _ = control(EPOLL_CTL_DEL, descriptor, token, wantsOutput: false)
    handlers[token] = nil
  }

  private func control(
    _ operation: CInt, _ descriptor: CInt, _ token: UInt64, wantsInput: Bool = true, wantsOutput: Bool
  ) -> Bool {
    let input = wantsInput ? EPOLLIN.rawValue : 0
    let output = wantsOutput ? EPOLLOUT.rawValue : 0
    var event = unsafe epoll_event(events: input | output, data: epoll_data_t(u64: token))
    return unsafe epoll_ctl(self.descriptor, operation, descriptor, &event) == 0
  }
}
