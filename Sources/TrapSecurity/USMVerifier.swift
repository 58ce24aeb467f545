package import SNMPWire

/// Verifies and decrypts received v3 messages (RFC 3414 §3.2). One thread's own: it keeps localized keys, the engines'
/// times and the recent digests, each within its bound. No clock, no I/O.
///
/// Two things differ from the RFC, because who sends what is not known before its digest is: an engine is remembered,
/// and its keys are kept, only once a digest of it was right; and the keys of unknown users are not looked for.
package struct USMVerifier: ~Copyable {
  package struct Limits: Sendable {
    /// Octets of localized keys.
    package var keys = 32 << 20
    /// Engine IDs whose boots and time are remembered.
    package var engines = 65_536
    /// Octets of recent digests, by which repeats are known.
    package var repeats = 8 << 20

    package init() {}

    /// What one remembered engine takes, an estimate: its place, its name and its row of the index.
    package static let engineOctets = 256
  }

  /// Octets of an engine ID (RFC 3411 §5, SnmpEngineID).
  static let engineIDOctets = 5...32
  /// Octets of a user name (RFC 3414 §2.4).
  static let userNameOctets = 1...32

  package let local: LocalEngine
  package let statistics: USMStatistics

  var keys: LocalizedKeyCache
  var times: EngineTimes
  var repeats: RepeatWindow
  /// Of the next message that we encrypt: RFC 3826 §3.1.1.3 begins anywhere.
  var salt: UInt64

  package init(local: LocalEngine, statistics: USMStatistics, limits: Limits = Limits()) {
    self.local = local
    self.statistics = statistics
    keys = LocalizedKeyCache(limit: limits.keys)
    times = EngineTimes(limit: limits.engines)
    repeats = RepeatWindow(limit: limits.repeats)
    salt = UInt64.random(in: .min ... .max)
  }

  /// Verifies one message and decrypts its scoped PDU in place. `peek` is the message's as it was received; what is
  /// returned is the peek of it as it stands now, its kind that of the notification in it.
  ///
  /// - Parameters:
  ///   - octets: the whole message and nothing behind it, which the digest would not cover. After a refusal its scoped
  ///     PDU may be decrypted.
  ///   - user: whom the configuration or metadata knows by this name for this engine ID; nil where nobody.
  ///   - minimumLevel: of the listener and the metadata; the user's own counts too.
  ///   - now: monotonic nanoseconds.
  package mutating func open(
    _ octets: inout MutableSpan<UInt8>, peek: TrapPeek, user: USMUser?, minimumLevel: UInt8, now: UInt64
  ) throws(USMRefusal) -> TrapPeek {
    do throws(USMRefusal) {
      return try opened(&octets, peek, user, minimumLevel, now)
    } catch {
      // RFC 3414 §3.2 7b, the window of other engines, has no counter; see `checkTime`.
      if error != .notInTimeWindow, let counter = USMStatistics.Counter(error) { statistics.add(counter) }
      throw error
    }
  }

  private mutating func opened(
    _ octets: inout MutableSpan<UInt8>, _ peek: TrapPeek, _ user: USMUser?, _ minimumLevel: UInt8, _ now: UInt64
  ) throws(USMRefusal) -> TrapPeek {
    let header: V3Header
    do throws(PeekRefusal) { header = try V3Header.read(octets.span) } catch { throw .notANotification }
    let isLocal = isLocal(header, octets.span)
    let user = try self.user(of: octets.span, header, peek.kind, user, isLocal: isLocal)
    let level = header.flags & 3
    guard level <= user.level else { throw .unsupportedLevel }

    var opened = peek
    if level != 0 {
      let engine = EngineName(octets.span, header.engineID)
      let keys = try authenticate(octets.span, header, user, engine)
      try checkTime(header, user, engine, isLocal: isLocal, now)
      let record = RepeatRecord(octets.span, header: header, engine: engine)
      if header.hasEncryptedData { opened = try decrypt(&octets, header, peek, keys) }
      guard level >= max(minimumLevel, user.minimumLevel) else { throw .minimumLevel }
      // An inform that comes again is answered again, so that it is not for us to refuse: see `remember`.
      if opened.kind != .inform, !repeats.admit(record, now: now) { throw .repeat }
    } else {
      guard max(minimumLevel, user.minimumLevel) == 0 else { throw .minimumLevel }
    }
    guard opened.kind != .inform || isLocal else { throw .unknownEngineID }
    return opened
  }
}
