internal import SNMPWire
internal import TrapBatching
internal import TrapDispatch
internal import TrapSecurity

/// Writes the messages that are sent on. Where neither version nor kind of PDU change, SNMPv1 and v2c messages are the
/// octets that came in.
internal struct ForwardComposer {
  private let settings: ForwardEngineSettings
  private var rewriter = NotificationRewriter()
  private var loops = ForwardLoopWatch()
  private var lastRequestID: Int32

  init(_ settings: ForwardEngineSettings, firstRequestID: Int32) {
    self.settings = settings
    lastRequestID = firstRequestID
  }

  /// - Parameter now: monotonic nanoseconds.
  mutating func compose(
    _ trap: DeliveredTrap, _ octets: Span<UInt8>, now: UInt64
  ) throws(ForwardRefusal) -> ForwardMessage {
    let peek: TrapPeek
    do throws(PeekRefusal) {
      peek = try TrapPeek.read(
        octets, isDecrypted: trap.marks.contains(.decrypted))
    } catch {
      throw .unreadable(error)
    }
    guard loops.admits(octets, peek.pdu, from: trap.source, sequence: trap.sequence, now: now) else { throw .loop }
    let version = version(for: peek)
    let form = form(for: peek, version)
    guard version != .v3 else { return try composeV3(trap, octets, peek, form) }
    if peek.version == version && isSame(form, peek.kind) && hasCommunity(octets, peek) {
      return ForwardMessage(
        sequence: trap.sequence, requestID: form == .inform ? try requestID(octets, peek) : nil,
        octets: Self.copy(octets, 0..<octets.count))
    }
    let requestID = nextRequestID()
    let pdu = try rewrite(trap, octets, peek, form, requestID)
    var message = BERWriter()
    message.sequence { fields in
      fields.integer(version == .v1 ? 0 : 1)
      fields.octetString(community(octets, peek))
      fields.raw(pdu)
    }
    return ForwardMessage(
      sequence: trap.sequence, requestID: form == .inform ? requestID : nil, octets: message.octets)
  }

  private mutating func composeV3(
    _ trap: DeliveredTrap, _ octets: Span<UInt8>, _ peek: TrapPeek, _ form: NotificationForm
  ) throws(ForwardRefusal) -> ForwardMessage {
    guard settings.user != nil else {
      guard peek.version == .v3, !trap.marks.contains(.decrypted), peek.kind != .inform else { throw .noUser }
      return ForwardMessage(
        sequence: trap.sequence, requestID: nil, octets: Self.copy(octets, 0..<octets.count))
    }
    guard peek.kind != .v3Encrypted else { throw .noUser }
    var requestID: Int32 = 0
    let pdu: [UInt8]
    if peek.version == .v3, isSame(form, peek.kind) {
      pdu = Self.copy(octets, peek.pduTag..<peek.pdu.upperBound)
      if form == .inform { requestID = try self.requestID(octets, peek) }
    } else {
      requestID = nextRequestID()
      pdu = try rewrite(trap, octets, peek, form, requestID)
    }
    var message = ForwardMessage(
      sequence: trap.sequence, requestID: form == .inform ? requestID : nil, octets: pdu)
    message.isSealed = true
    message.contextEngineID = peek.version == .v3 ? Self.copy(octets, peek.contextEngineID) : settings.local.engineID
    message.contextName = settings.context.isEmpty ? Self.copy(octets, peek.contextName) : settings.context
    return message
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

  private func form(for peek: TrapPeek, _ version: SNMPVersion) -> NotificationForm {
    if version == .v1 { return .trapV1 }
    switch settings.pdu {
    case .trap: return .trapV2
    case .inform: return .inform
    case .same: return peek.kind == .inform ? .inform : .trapV2
    }
  }

  private func isSame(_ form: NotificationForm, _ kind: NotificationKind) -> Bool {
    switch (form, kind) {
    case (.trapV1, .trapV1), (.trapV2, .trapV2), (.inform, .inform): true
    default: false
    }
  }

  private func hasCommunity(_ octets: Span<UInt8>, _ peek: TrapPeek) -> Bool {
    settings.community.map { $0 == Self.copy(octets, peek.community) } ?? true
  }

  private func community(_ octets: Span<UInt8>, _ peek: TrapPeek) -> [UInt8] {
    settings.community ?? (peek.version == .v3 ? Array("public".utf8) : Self.copy(octets, peek.community))
  }

  private mutating func rewrite(
    _ trap: DeliveredTrap, _ octets: Span<UInt8>, _ peek: TrapPeek, _ form: NotificationForm, _ requestID: Int32
  ) throws(ForwardRefusal) -> [UInt8] {
    let agent = trap.agent ?? trap.source
    do throws(ConversionError) {
      return try rewriter.rewrite(
        octets, peek: peek, as: form, requestID: requestID,
        agent: agent.isIPv4 ? UInt32(truncatingIfNeeded: agent.low) : nil)
    } catch {
      throw .conversion(error)
    }
  }

  // MARK: - Request IDs

  private func requestID(_ octets: Span<UInt8>, _ peek: TrapPeek) throws(ForwardRefusal) -> Int32 {
    do throws(BERError) {
      return try NotificationDecoder(octets, peek: peek).requestID ?? 0
    } catch {
      throw .conversion(.undecodable(error))
    }
  }

  private mutating func nextRequestID() -> Int32 {
    lastRequestID = lastRequestID == .max ? 1 : lastRequestID + 1
    return lastRequestID
  }

  private static func copy(_ octets: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var copied: [UInt8] = []
    copied.reserveCapacity(range.count)
    for index in range { copied.append(octets[index]) }
    return copied
  }
}
