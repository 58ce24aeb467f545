internal import CNetSNMP
internal import Glibc
internal import TrapBatching
internal import TrapControl
internal import TrapSecurity

/// One of Net-SNMP's single sessions, for one request at a time. Belongs to Net-SNMP's thread; no call of it waits.
@safe internal final class PollSession {
  private let handle: UnsafeMutableRawPointer
  internal let descriptor: CInt
  /// What came of the message that was sent last.
  private var reply: PollReply?
  /// Reports that the agent's clock is another, since the last message.
  private var clockReports = 0

  private init?(_ handle: UnsafeMutableRawPointer, _ target: SessionTarget) {
    // Of an answer the library asks only that it has the request's number, and who is asked once can guess the next.
    guard let transport = unsafe snmp_sess_transport(handle),
      tl_connect(unsafe transport.pointee.sock, target.address.high, target.address.low, target.port) == 0
    else {
      let reason = errno
      unsafe snmp_sess_close(handle)
      errno = reason
      return nil
    }
    unsafe self.handle = handle
    descriptor = unsafe transport.pointee.sock
    // A datagram with a wrong checksum wakes the reader and is not there.
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  deinit { unsafe snmp_sess_close(handle) }

  /// nil where there is no session to be had: `errno` says why.
  internal static func open(_ target: SessionTarget) -> PollSession? {
    var template = unsafe netsnmp_session()
    unsafe snmp_sess_init(&template)
    unsafe template.timeout = Int(target.timeout / 1000)
    unsafe template.retries = CInt(target.retries)
    var secret: [UInt8] = []
    var isUser = false
    switch target.credentials {
    case .community(let community, let isV1):
      unsafe template.version = Int(isV1 ? SNMP_VERSION_1 : SNMP_VERSION_2c)
      secret = community
    case .user(let user):
      unsafe template.version = Int(SNMP_VERSION_3)
      unsafe template.securityModel = CInt(SNMP_SEC_MODEL_USM)
      unsafe template.securityLevel = CInt(target.level == 3 ? SNMP_SEC_LEVEL_AUTHPRIV : Int32(target.level) + 1)
      unsafe template.flags |= isolated
      secret = user.name
      isUser = true
    }
    let count = secret.count
    secret.append(0)
    errno = 0
    // The opened session has copies of both texts.
    let handle = unsafe target.peer.withCString { peer in
      unsafe secret.withUnsafeMutableBytes { octets in
        unsafe template.peername = UnsafeMutablePointer(mutating: peer)
        if !isUser {
          unsafe template.community = octets.baseAddress?.assumingMemoryBound(to: UInt8.self)
          unsafe template.community_len = count
        } else {
          unsafe template.securityName = octets.baseAddress?.assumingMemoryBound(to: CChar.self)
          unsafe template.securityNameLen = count
        }
        return unsafe snmp_sess_open(&template)
      }
    }
    // Opening takes the first of them away again.
    if let opened = unsafe snmp_sess_session(handle) { unsafe opened.pointee.flags |= isolated }
    return unsafe handle.flatMap { unsafe PollSession($0, target) }
  }

  /// Otherwise the library looks for the agent's engine ID by itself, and blocks its thread until the answer; and it
  /// would make a user of its own from what the session says.
  private static let isolated = UInt(SNMP_FLAGS_DONT_PROBE | SNMP_FLAGS_USER_CREATED)

  /// Returns what is wrong where it cannot be sent.
  internal func send(_ message: PollMessage) -> String? {
    let command =
      switch message.kind {
      case .get: tl_msg_get
      case .next: tl_msg_getnext
      case .bulk: tl_msg_getbulk
      }
    guard let request = unsafe snmp_pdu_create(command) else { return "out of memory" }
    if case .bulk(let nonRepeaters, let maxRepetitions) = message.kind {
      // A GetBulkRequest-PDU has these in the places of the error-status and error-index (RFC 3416 §3).
      unsafe request.pointee.errstat = nonRepeaters
      unsafe request.pointee.errindex = maxRepetitions
    }
    for name in message.names {
      let arcs = name.arcs.map { oid($0) }
      unsafe snmp_add_null_var(request, arcs, arcs.count)
    }
    return unsafe send(request)
  }

  /// Asks for the agent's engine ID (RFC 3414 §4): an empty request of nobody to no engine, which a Report answers.
  internal func sendProbe() -> String? {
    guard let request = unsafe snmp_pdu_create(tl_msg_get) else { return "out of memory" }
    unsafe request.pointee.version = Int(SNMP_VERSION_3)
    unsafe request.pointee.securityName = strdup("")
    unsafe request.pointee.securityLevel = CInt(SNMP_SEC_LEVEL_NOAUTH)
    unsafe request.pointee.securityModel = CInt(SNMP_SEC_MODEL_USM)
    return unsafe send(request)
  }

  /// Takes the PDU.
  internal func send(_ request: UnsafeMutablePointer<netsnmp_pdu>) -> String? {
    reply = nil
    clockReports = 0
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    guard unsafe snmp_sess_async_send(handle, request, Self.receive, context) == 0 else { return nil }
    unsafe snmp_free_pdu(request)
    var text: UnsafeMutablePointer<CChar>? = nil
    unsafe snmp_sess_error(handle, nil, nil, &text)
    defer { unsafe free(text) }
    guard let text = unsafe text else { return "unknown error" }
    return unsafe String(cString: text)
  }

  /// Reads one datagram, if there is one.
  internal func read() -> PollReply? {
    var descriptors = unsafe netsnmp_large_fd_set()
    // The set points into itself, so that it must stay in its place from its start to its end.
    unsafe withUnsafeMutablePointer(to: &descriptors) { set in
      unsafe netsnmp_large_fd_set_init(set, max(descriptor + 1, 1024))
      unsafe netsnmp_large_fd_setfd(descriptor, set)
      _ = unsafe snmp_sess_read2(handle, set)
      unsafe netsnmp_large_fd_set_cleanup(set)
    }
    return takeReply()
  }

  /// Sends again what has waited long enough, or gives up.
  internal func checkTime() -> PollReply? {
    unsafe snmp_sess_timeout(handle)
    return takeReply()
  }

  private func takeReply() -> PollReply? {
    defer { reply = nil }
    return reply
  }

  private static let receive:
    @Sendable @convention(c) (
      CInt, UnsafeMutablePointer<netsnmp_session>?, CInt, UnsafeMutablePointer<netsnmp_pdu>?, UnsafeMutableRawPointer?
    ) -> CInt = { operation, _, _, pdu, context in
      guard let context = unsafe context else { return 1 }
      let session = unsafe Unmanaged<PollSession>.fromOpaque(context).takeUnretainedValue()
      switch operation {
      case NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE: if let pdu = unsafe pdu { unsafe session.note(pdu) }
      case NETSNMP_CALLBACK_OP_TIMED_OUT: session.reply = .timeout
      case NETSNMP_CALLBACK_OP_SEND_FAILED: session.reply = .failed("the message cannot be sent again")
      default: break
      }
      return 1
    }

  private func note(_ pdu: UnsafeMutablePointer<netsnmp_pdu>) {
    let bindings = unsafe PollValue.bindings(of: pdu)
    guard unsafe pdu.pointee.command == tl_msg_report else {
      reply = .response(
        status: unsafe pdu.pointee.errstat, index: unsafe pdu.pointee.errindex, bindings: bindings)
      return
    }
    let report = PollReport(bindings.first?.name.arcs ?? [])
    if report == .notInTimeWindows {
      clockReports += 1
      // The library has the agent's time now, and sends the message once more by itself.
      if clockReports == 1 { return }
    }
    let engineID = unsafe UnsafeBufferPointer(
      start: pdu.pointee.securityEngineID, count: pdu.pointee.securityEngineIDLen)
    reply = .report(report, engineID: unsafe Array(engineID))
  }
}
