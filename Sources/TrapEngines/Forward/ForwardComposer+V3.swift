internal import SNMPWire
internal import TrapBatching
internal import TrapDispatch
internal import TrapSecurity

// SNMPv3.
extension ForwardComposer {
  mutating func messageV3(
    _ trap: DeliveredTrap, _ octets: Span<UInt8>, _ peek: TrapPeek
  ) throws(ForwardRefusal) -> ForwardMessage {
    guard settings.user != nil, peek.kind != .v3Encrypted else { return try unopened(trap, octets, peek) }
    let form = form(for: peek, .v3)
    let pdu: [UInt8]
    let id: Int32?
    if peek.version == .v3, isSame(form, peek.kind) || settings.keepsAll {
      (pdu, id) = (octets.copy(peek.pduTag..<peek.pdu.upperBound), try requestID(octets, peek))
    } else {
      (pdu, id) = try rewrite(trap, octets, peek, form)
    }
    var message = ForwardMessage(sequence: trap.sequence, source: trap.source, requestID: id, octets: pdu)
    message.sealed = ForwardMessage.Context(
      engineID: peek.version == .v3 ? octets.copy(peek.contextEngineID) : settings.local.engineID,
      name: settings.context.isEmpty ? octets.copy(peek.contextName) : settings.context)
    return message
  }

  /// As its sender sealed it: that it can be only where every octet is as it came, and nobody is to answer it.
  private func unopened(
    _ trap: DeliveredTrap, _ octets: Span<UInt8>, _ peek: TrapPeek
  ) throws(ForwardRefusal) -> ForwardMessage {
    guard peek.version == .v3, !trap.marks.contains(.decrypted), settings.pdu != .inform,
      peek.securityModel == V3Header.userSecurityModel, !isConfirmed(octets, peek)
    else { throw peek.kind == .v3Encrypted ? .encrypted : .noUser }
    return ForwardMessage(
      sequence: trap.sequence, source: trap.source, requestID: nil, octets: octets.copy(0..<octets.count))
  }

  /// An inform's flags ask for a Report where it fails; a trap's do not (RFC 3412 §6.4).
  private func isConfirmed(_ octets: Span<UInt8>, _ peek: TrapPeek) -> Bool {
    guard peek.kind == .v3Encrypted else { return peek.kind == .inform }
    do throws(PeekRefusal) {
      return try V3Header.read(octets).isReportable
    } catch {
      return true
    }
  }
}
