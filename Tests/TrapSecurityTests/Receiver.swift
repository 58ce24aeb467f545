import SNMPWire
import TrapSecurity

/// A verifier with the message that it looked at last; the clocks are numbers.
final class Receiver {
  static let engineID: [UInt8] = [0x80, 0x00, 0x1F, 0x88, 0x05, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
  static let second: UInt64 = 1_000_000_000

  let local: LocalEngine
  let statistics = USMStatistics()
  private var verifier: USMVerifier
  /// As `open` left it.
  private(set) var octets: [UInt8] = []
  private(set) var peek: TrapPeek?
  /// Seconds since the engine started.
  var time: UInt64 = 1000

  init(boots: Int32 = 7, limits: USMVerifier.Limits = USMVerifier.Limits()) {
    local = LocalEngine(engineID: Self.engineID, boots: boots, started: 5 * Self.second)
    verifier = USMVerifier(local: local, statistics: statistics, limits: limits)
  }

  var now: UInt64 { local.started + time * Self.second }

  /// nil where it was opened, or not even a notification to the peek.
  func open(_ message: [UInt8], user: USMUser?, minimumLevel: UInt8 = 0) -> USMRefusal? {
    octets = message
    peek = nil
    guard let received = try? TrapPeek.read(octets.span) else { return .notANotification }
    var span = octets.mutableSpan
    do throws(USMRefusal) {
      peek = try verifier.open(&span, peek: received, user: user, minimumLevel: minimumLevel, now: now)
      return nil
    } catch {
      return error
    }
  }

  func open(_ sender: Notifier, minimumLevel: UInt8 = 0) -> USMRefusal? {
    open(sender.message(), user: sender.user, minimumLevel: minimumLevel)
  }

  /// To the message that was opened last.
  func report(_ refusal: USMRefusal, user: USMUser? = nil) -> [UInt8]? {
    let octets = octets
    return verifier.report(refusal, to: octets.span, user: user, now: now)
  }

  func response(user: USMUser) -> [UInt8]? {
    guard let peek else { return nil }
    let octets = octets
    return verifier.response(to: octets.span, peek: peek, user: user, now: now)
  }

  /// The Report, too, where one is due.
  func request(_ message: [UInt8], user: USMUser?) -> (refusal: USMRefusal, report: [UInt8]?) {
    let refusal = verifier.refusal(ofRequest: message.span, user: user, now: now)
    return (refusal, verifier.report(refusal, to: message.span, user: user, now: now))
  }

  var counts: USMVerifier.Counts { verifier.counts }

  func engineTimes(wall: Int64) -> [EngineTimeRecord] { verifier.engineTimes(now: now, wall: wall) }
  func restore(_ records: [EngineTimeRecord], wall: Int64) { verifier.restore(records, now: now, wall: wall) }
  func forget(engineID: [UInt8]) -> Bool { verifier.forget(engineID: engineID) }
  func forget(except isKnown: (USMUser) -> Bool) { verifier.forget(except: isKnown) }
}
