import SNMPWire
import TrapSecurity

/// What our reader makes of a message that no other was before.
struct Reading {
  enum Outcome {
    /// Every field, in the words of the oracle (Tests/Oracle).
    case decoded(String)
    /// A notification that is accepted, and delivered with this error and its octets.
    case undecoded(BERError)
    /// A request, a response or a report.
    case notANotification
    case refused(PeekRefusal)
    case insecure(USMRefusal)
  }

  let outcome: Outcome
  /// As they stand afterwards: decrypted where they could be.
  let octets: [UInt8]

  init(_ message: [UInt8]) {
    var octets = message
    outcome = Reading.outcome(&octets)
    self.octets = octets
  }

  private static func outcome(_ octets: inout [UInt8]) -> Outcome {
    do throws(PeekRefusal) {
      let peek = try TrapPeek.read(octets.span)
      guard peek.version == .v3 else { return decode(octets, peek) }
      do throws(USMRefusal) {
        let opened = try open(&octets, peek)
        return decode(octets, opened)
      } catch {
        return error == .notANotification ? .notANotification : .insecure(error)
      }
    } catch {
      return error == .notANotification ? .notANotification : .refused(error)
    }
  }

  /// An inform is for us, so what says to be none of ours is read once more as if its engine ID were.
  private static func open(_ octets: inout [UInt8], _ peek: TrapPeek) throws(USMRefusal) -> TrapPeek {
    let received = octets
    do throws(USMRefusal) {
      return try open(&octets, peek, as: LocalEngine(engineID: [0x80, 0, 0, 0, 0xFF], boots: 1, started: 0))
    } catch {
      guard error == .unknownEngineID, let header = try? V3Header.read(received.span) else { throw error }
      octets = received
      // RFC 3414 §3.2 7a holds its boots and time against ours; both are its own here, as far as they can be.
      let started = UInt64(Int32.max) * 2_000_000_000 &- UInt64(max(0, header.engineTime)) * 1_000_000_000
      let local = LocalEngine(
        engineID: Array(received[header.engineID]), boots: header.engineBoots, started: started)
      return try open(&octets, peek, as: local)
    }
  }

  private static func open(
    _ octets: inout [UInt8], _ peek: TrapPeek, as local: LocalEngine
  ) throws(USMRefusal) -> TrapPeek {
    let user = Sender.named(Array(octets[peek.userName]))?.user
    var limits = USMVerifier.Limits()
    (limits.engines, limits.repeats) = (4, 4096)
    var verifier = USMVerifier(local: local, statistics: USMStatistics(), limits: limits)
    var span = octets.mutableSpan
    return try verifier.open(
      &span, peek: peek, user: user, minimumLevel: 0, now: UInt64(Int32.max) * 2_000_000_000)
  }

  private static func decode(_ octets: [UInt8], _ peek: TrapPeek) -> Outcome {
    do throws(BERError) {
      let decoder = try NotificationDecoder(octets.span, peek: peek)
      var line = header(octets, peek, decoder)
      var varbinds = decoder.varbinds
      while let varbind = try varbinds.next(octets.span) {
        line += " | \(oid(octets, varbind.name)) \(value(octets, varbind))"
      }
      return .decoded(line)
    } catch {
      return .undecoded(error)
    }
  }

  private static func header(_ octets: [UInt8], _ peek: TrapPeek, _ decoder: NotificationDecoder) -> String {
    let name = peek.version == .v3 ? peek.userName : peek.community
    let level = peek.version == .v3 ? max(1, Int(peek.securityLevel) + (peek.securityLevel == 3 ? 0 : 1)) : 0
    var line = "A \(hex(octets[peek.pduTag])) \(peek.version.rawValue) \(decoder.requestID ?? 0) "
    line += "\(text(octets, name)) \(level) \(text(octets, peek.contextName))"
    guard let enterprise = decoder.enterprise else { return line }
    let address = decoder.agentAddress.map { address in
      (0..<4).map { hex(UInt8(truncatingIfNeeded: address >> UInt32(24 - 8 * $0))) }.joined()
    }
    line += " ! \(oid(octets, enterprise)) \(address ?? "-") \(decoder.generic ?? 0) \(decoder.specific ?? 0)"
    return line + " \(decoder.uptime ?? 0)"
  }

  private static func oid(_ octets: [UInt8], _ content: Range<Int>) -> String {
    var text: [UInt8] = []
    OIDText.appendOID(octets.span, content, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private static func hex(_ octet: UInt8) -> String { [octet].hex }

  private static func text(_ octets: [UInt8], _ content: Range<Int>) -> String {
    content.isEmpty ? "-" : Array(octets[content]).hex
  }

  private static func value(_ octets: [UInt8], _ varbind: Varbind) -> String {
    let raw = { Array(octets[varbind.value]).hex }
    return switch varbind.type {
    case .integer32: "02 \(varbind.integer(octets.span))"
    case .octetString: "04 \(raw())"
    case .objectIdentifier: "06 \(oid(octets, varbind.value))"
    case .ipAddress: "40 \(raw())"
    case .counter32: "41 \(varbind.unsigned(octets.span))"
    case .unsigned32: "42 \(varbind.unsigned(octets.span))"
    case .timeTicks: "43 \(varbind.unsigned(octets.span))"
    case .opaque: "44 \(raw())"
    case .float: "78 \(raw())"
    case .double: "79 \(raw())"
    case .counter64: "46 \(varbind.unsigned(octets.span))"
    case .null: "05 -"
    case .noSuchObject: "80 -"
    case .noSuchInstance: "81 -"
    case .endOfMibView: "82 -"
    }
  }
}

extension Reading {
  /// A request, a response or a report, well formed as far as it is read.
  var isOther: Bool {
    if case .notANotification = outcome { return true }
    return false
  }
}
