internal import SNMPWire
internal import TrapBatching
internal import TrapDispatch
internal import TrapSecurity

/// Writes the messages that are sent on. Where the version stays, the octets that came in are kept: of the whole message,
/// or of its PDU.
internal struct ForwardComposer {
  let settings: ForwardEngineSettings
  private var rewriter = NotificationRewriter()
  private var identity = NotificationIdentity()
  private var loops: ForwardLoopWatch

  init(_ settings: ForwardEngineSettings) {
    self.settings = settings
    loops = ForwardLoopWatch(receiver: settings.address)
  }

  /// - Parameter now: monotonic nanoseconds.
  mutating func compose(
    _ trap: DeliveredTrap, _ octets: Span<UInt8>, now: UInt64
  ) throws(ForwardRefusal) -> ForwardMessage {
    let peek: TrapPeek
    do throws(PeekRefusal) {
      peek = try TrapPeek.read(octets, isDecrypted: trap.marks.contains(.decrypted))
    } catch {
      throw .unreadable(error)
    }
    try refuseLoop(trap, octets, peek, now: now)
    let version = version(for: peek)
    let message =
      version == .v3 ? try messageV3(trap, octets, peek) : try communityMessage(trap, octets, peek, as: version)
    guard message.octets.count <= settings.octetsMax(isSealed: message.sealed != nil) else {
      throw .size(message.octets.count)
    }
    return message
  }

  private mutating func refuseLoop(
    _ trap: DeliveredTrap, _ octets: Span<UInt8>, _ peek: TrapPeek, now: UInt64
  ) throws(ForwardRefusal) {
    // For an inform to us we are the authoritative engine, so there our engine ID says nothing.
    if peek.version == .v3, peek.kind == .trapV2 || peek.kind == .trapV1,
      octets.holds(settings.local.engineID, at: peek.engineID)
    {
      throw .ownTrap
    }
    let origin = ForwardOrigin(source: trap.source, port: trap.port, sequence: trap.sequence)
    guard loops.admits(identity.hash(octets, peek: peek), origin, now: now) else { throw .loop }
  }

  // MARK: - SNMPv1 and v2c

  private mutating func communityMessage(
    _ trap: DeliveredTrap, _ octets: Span<UInt8>, _ peek: TrapPeek, as version: SNMPVersion
  ) throws(ForwardRefusal) -> ForwardMessage {
    let form = form(for: peek, version)
    // What came odd goes on odd where nothing is to be changed.
    let isKept = peek.version == version && (isSame(form, peek.kind) || settings.keepsAll)
    if isKept, peek.kind != .inform, settings.community.map({ octets.holds($0, at: peek.community) }) ?? true {
      return ForwardMessage(
        sequence: trap.sequence, source: trap.source, requestID: nil, octets: octets.copy(0..<octets.count))
    }
    let pdu: [UInt8]
    let id: Int32?
    if isKept {
      (pdu, id) = try numbered(trap, octets, peek)
    } else {
      (pdu, id) = try rewrite(trap, octets, peek, form)
    }
    let known = peek.version == .v3 ? Array("public".utf8) : octets.copy(peek.community)
    var message = BERWriter()
    message.sequence { fields in
      fields.integer(version == .v1 ? 0 : 1)
      fields.octetString(settings.community ?? known)
      fields.raw(pdu)
    }
    return ForwardMessage(sequence: trap.sequence, source: trap.source, requestID: id, octets: message.octets)
  }

  // MARK: - What it becomes

  private func version(for peek: TrapPeek) -> SNMPVersion {
    switch settings.version {
    case .same: peek.version
    case .v1: .v1
    case .v2c: .v2c
    case .v3: .v3
    }
  }

  func form(for peek: TrapPeek, _ version: SNMPVersion) -> NotificationForm {
    if version == .v1 { return .trapV1 }
    switch settings.pdu {
    case .trap: return .trapV2
    case .inform: return .inform
    case .same: return peek.kind == .inform ? .inform : .trapV2
    }
  }

  func isSame(_ form: NotificationForm, _ kind: NotificationKind) -> Bool {
    switch (form, kind) {
    case (.trapV1, .trapV1), (.trapV2, .trapV2), (.inform, .inform): true
    default: false
    }
  }

  /// The new PDU and, of an inform, its request ID.
  mutating func rewrite(
    _ trap: DeliveredTrap, _ octets: Span<UInt8>, _ peek: TrapPeek, _ form: NotificationForm
  ) throws(ForwardRefusal) -> ([UInt8], Int32?) {
    let id = ForwardMessage.number(of: trap.sequence)
    do throws(ConversionError) {
      let pdu = try rewriter.rewrite(
        octets, peek: peek, as: form, requestID: id, agent: (trap.agent ?? trap.source).ipv4)
      return (pdu, form == .inform ? id : nil)
    } catch {
      throw .conversion(error)
    }
  }

  /// A PDU that is kept. An inform gets a request ID of ours, as proxies give one (RFC 3413 §3.5.1.1): devices begin at the
  /// same numbers, and a late response to one's inform must not acknowledge another's.
  private func numbered(
    _ trap: DeliveredTrap, _ octets: Span<UInt8>, _ peek: TrapPeek
  ) throws(ForwardRefusal) -> ([UInt8], Int32?) {
    guard peek.kind == .inform else { return (octets.copy(peek.pduTag..<peek.pdu.upperBound), nil) }
    let id = ForwardMessage.number(of: trap.sequence)
    var former = BERReader(peek.pdu)
    do throws(BERError) {
      _ = try former.integer32(octets)
    } catch {
      throw .conversion(.undecodable(error))
    }
    let rest = octets.copy(former.offset..<peek.pdu.upperBound)
    var pdu = BERWriter()
    pdu.constructed(BERTag.inform) { fields in
      fields.integer(Int64(id))
      fields.raw(rest)
    }
    return (pdu.octets, id)
  }

  /// That of a PDU that is kept; nil where it is no inform.
  func requestID(_ octets: Span<UInt8>, _ peek: TrapPeek) throws(ForwardRefusal) -> Int32? {
    guard peek.kind == .inform else { return nil }
    var pdu = BERReader(peek.pdu)
    do throws(BERError) {
      return try pdu.integer32(octets)
    } catch {
      throw .conversion(.undecodable(error))
    }
  }
}
