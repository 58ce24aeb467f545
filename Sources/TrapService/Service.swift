internal import Logging
internal import TrapBatching
internal import TrapObservation

/// The daemon's main thread between start and stop: takes the signals, feeds the watchdog, keeps the status line.
internal struct Service {
  private let pipeline: Pipeline
  /// The configuration's path, read again at each reload; nil for the built-in one.
  private let path: String?
  private let log: Logger
  private let watchdog: Watchdog?

  /// How often the watchdog is fed and the status line renewed, in nanoseconds.
  private static let tick: UInt64 = 1_000_000_000

  init(pipeline: Pipeline, path: String?, log: Logger) {
    self.pipeline = pipeline
    self.path = path
    self.log = log
    watchdog = Watchdog(beats: pipeline.beats, interval: ServiceManager.watchdogInterval())
  }

  /// Returns the exit status.
  func run() -> Int32 {
    ServiceManager.ready(pipeline.snapshot().ledgerLine)
    log.info("ready: \(pipeline.summary)")
    while true {
      switch SignalQueue.next(within: Service.tick) {
      case .reload: reload()
      case .account: log.notice("ledger: \(pipeline.snapshot().ledgerLine)")
      case .stop: return stop()
      case nil: break
      }
      feedWatchdog()
      pipeline.tick()
      ServiceManager.status(pipeline.snapshot().ledgerLine)
    }
  }

  private func feedWatchdog() {
    guard let still = watchdog?.feed(now: SystemClock.monotonic()) else { return }
    log.critical("the \(still) loop stands still; the watchdog is not fed")
  }

  private func reload() {
    ServiceManager.reloading()
    // Whatever comes of the new file, the service manager waits for this.
    defer { ServiceManager.ready(pipeline.snapshot().ledgerLine) }
    do throws(ConfigurationFailure) {
      let file = try ConfigurationFile.read(path: path)
      let refusals = pipeline.reload(file)
      guard refusals.isEmpty else {
        for refusal in refusals { log.error("not reloaded: \(refusal)") }
        return
      }
      log.notice("reloaded: \(file.path); files re-opened")
    } catch {
      for issue in error.issues { log.error("not reloaded: \(issue.description)") }
    }
  }

  private func stop() -> Int32 {
    ServiceManager.stopping(pipeline.snapshot().ledgerLine)
    log.notice("stopping: reading the sockets empty and handing over what is queued")
    for line in drain() { log.notice("\(line)") }
    log.notice("stopped: \(pipeline.snapshot().ledgerLine)")
    pipeline.close()
    return 0
  }

  /// Stops the pipeline on a thread of its own: the drain may take longer than the watchdog's interval, and somebody may
  /// want to see how far it is.
  private func drain() -> [String] {
    let account = StopAccount()
    do throws(StageThreadError) {
      let thread = try StageThread(name: "stop") { [pipeline] in account.set(pipeline.stop()) }
      while !thread.waitForEnd(nanoseconds: Service.tick) {
        ServiceManager.feedWatchdog()
        // However long a drain the configuration allows, the unit's TimeoutStopSec= must not cut it short.
        ServiceManager.extendTimeout(nanoseconds: 10 * Service.tick)
        ServiceManager.status("stopping: \(pipeline.snapshot().ledgerLine)")
      }
    } catch {
      log.warning("\(error.description); the stop is not watched")
      account.set(pipeline.stop())
    }
    return account.lines
  }
}
