/// `snmp-engine` in the state directory: who we are as an SNMP engine, and how often we have been started
/// (RFC 3414 §2.2). A line for each, so that damage to one leaves the other.
package enum LocalEngineFile {
  package static let name = "snmp-engine"
  private static let heading = "trapline-snmp-engine 1"
  private static let sizeMax = 4096

  /// Reads it, raises the boots by one, and has that on the disk before it returns: before any socket is open. The first
  /// start makes the engine ID.
  ///
  /// Where the boots cannot be believed, or can be raised no more, they are latched and the file is left as it is: the
  /// warning says so. Where the engine ID cannot be read it throws, since a new one is what nobody has asked for.
  ///
  /// - Parameters:
  ///   - directory: the state directory; it must be there.
  ///   - now: monotonic nanoseconds; the engine time counts from there.
  package static func open(
    directory: String, now: UInt64
  ) throws(StateFileError) -> (engine: LocalEngine, warning: StateFileError?) {
    let path = directory + "/" + name
    guard let octets = try StateFile.read(path, limit: sizeMax) else {
      let engine = LocalEngine(engineID: newEngineID(), boots: 1, started: now)
      try write(engine, directory)
      return (engine, nil)
    }
    let lines = StateText.lines(octets)
    guard let engineID = engineID(lines) else { throw StateFileError(path: path, reason: lost, remedy: restore) }
    guard let former = boots(lines) else {
      return (latched(engineID, now), StateFileError(path: path, reason: untrue, remedy: renew))
    }
    guard former < LocalEngine.latchedBoots - 1 else {
      return (latched(engineID, now), StateFileError(path: path, reason: exhausted, remedy: renew))
    }
    let engine = LocalEngine(engineID: engineID, boots: former + 1, started: now)
    try write(engine, directory)
    return (engine, nil)
  }

  private static let lost = "its engine ID cannot be read"
  private static let untrue = "its boots cannot be read, so that no authenticated inform can be accepted"
  private static let exhausted = "its boots can be raised no more, so that no authenticated inform can be accepted"
  private static let restore =
    "put it back from a backup, or remove it to become another engine, of which inform senders with keys localized to "
    + "the former engine ID must be told"
  private static let renew =
    "remove it to become another engine, of which inform senders with keys localized to this engine ID must be told"

  private static func latched(_ engineID: [UInt8], _ now: UInt64) -> LocalEngine {
    LocalEngine(engineID: engineID, boots: LocalEngine.latchedBoots, started: now)
  }

  /// RFC 3411 §5: the enterprise of Net-SNMP, whose arc the MIB is below too, format 5 "octets", and 12 of these.
  private static func newEngineID() -> [UInt8] {
    [0x80, 0x00, 0x1F, 0x88, 0x05] + (0..<12).map { _ in UInt8.random(in: .min ... .max) }
  }

  private static func write(_ engine: LocalEngine, _ directory: String) throws(StateFileError) {
    let text = [heading, "engine-id " + StateText.hex(engine.engineID), "boots \(engine.boots)"]
    try StateFile.replace(directory, name, with: Array(text.map(StateText.line).joined().utf8))
  }

  private static func engineID(_ lines: [[Substring]?]) -> [UInt8]? {
    guard let word = value("engine-id", lines), let octets = StateText.octets(word) else { return nil }
    return USMVerifier.engineIDOctets ~= octets.count ? octets : nil
  }

  private static func boots(_ lines: [[Substring]?]) -> Int32? {
    guard let word = value("boots", lines), let boots = Int32(word), boots >= 0 else { return nil }
    return boots
  }

  private static func value(_ key: Substring, _ lines: [[Substring]?]) -> Substring? {
    let found = lines.compactMap(\.self).filter { $0.count == 2 && $0[0] == key }
    return found.count == 1 ? found[0][1] : nil
  }
}
