internal import CNetSNMP
internal import TrapBatching

/// The handler of NOTIFICATION-LOG-MIB's subtree, as Net-SNMP calls it.
internal enum NotificationLogHandler {
  /// Registers `view`, which must live as long as the agent.
  internal static func register(_ view: NotificationLogView) throws(AgentError) {
    let base = NotificationLogMIB.base
    let arcs = base.arcs.map { oid($0) }
    let registration = unsafe netsnmp_create_handler_registration(
      "notificationLog", answer, arcs, arcs.count, CInt(HANDLER_CAN_GETANDGETNEXT))
    guard let registration = unsafe registration else { throw .registrationRefused(baseOID: "\(base)", code: -1) }
    unsafe registration.pointee.my_reg_void = Unmanaged.passUnretained(view).toOpaque()
    let code = unsafe netsnmp_register_handler(registration)
    guard code == MIB_REGISTERED_OK else { throw .registrationRefused(baseOID: "\(base)", code: Int(code)) }
  }

  private static let answer:
    @convention(c) (
      UnsafeMutablePointer<netsnmp_mib_handler>?, UnsafeMutablePointer<netsnmp_handler_registration>?,
      UnsafeMutablePointer<netsnmp_agent_request_info>?, UnsafeMutablePointer<netsnmp_request_info>?
    ) -> CInt = { _, registration, information, requests in
      guard let registration = unsafe registration, let information = unsafe information,
        let context = unsafe registration.pointee.my_reg_void
      else { return CInt(SNMP_ERR_GENERR) }
      let view = unsafe Unmanaged<NotificationLogView>.fromOpaque(context).takeUnretainedValue()
      let batch = unsafe AgentRequests(information: information, first: requests)
      view.look(now: SystemClock.monotonic())
      switch batch.mode {
      case tl_mode_get: batch.answerGet { view.value(at: $0) }
      case tl_mode_getnext:
        batch.answerNext { view.row(after: $0, inclusive: $1, version1: batch.isVersion1) }
      default: return CInt(SNMP_ERR_GENERR)
      }
      return CInt(SNMP_ERR_NOERROR)
    }
}
