internal import CNetSNMP

/// The one handler for the whole subtree, as Net-SNMP calls it.
internal enum SubtreeHandler {
  /// Registers `subtree`, which must live as long as the agent.
  internal static func register(_ subtree: ServedSubtree) throws(AgentError) {
    let arcs = subtree.base.arcs.map { oid($0) }
    let registration = unsafe netsnmp_create_handler_registration(
      "trapline", answer, arcs, arcs.count, CInt(HANDLER_CAN_GETANDGETNEXT))
    guard let registration = unsafe registration else {
      throw .registrationRefused(baseOID: "\(subtree.base)", code: -1)
    }
    unsafe registration.pointee.my_reg_void = Unmanaged.passUnretained(subtree).toOpaque()
    let code = unsafe netsnmp_register_handler(registration)
    guard code == MIB_REGISTERED_OK else { throw .registrationRefused(baseOID: "\(subtree.base)", code: Int(code)) }
  }

  private static let answer:
    @convention(c) (
      UnsafeMutablePointer<netsnmp_mib_handler>?, UnsafeMutablePointer<netsnmp_handler_registration>?,
      UnsafeMutablePointer<netsnmp_agent_request_info>?, UnsafeMutablePointer<netsnmp_request_info>?
    ) -> CInt = { _, registration, information, requests in
      guard let registration = unsafe registration, let information = unsafe information,
        let context = unsafe registration.pointee.my_reg_void
      else { return CInt(SNMP_ERR_GENERR) }
      let subtree = unsafe Unmanaged<ServedSubtree>.fromOpaque(context).takeUnretainedValue()
      let batch = unsafe AgentRequests(information: information, first: requests)
      switch batch.mode {
      case tl_mode_get: batch.answerGet(from: subtree.currentTable())
      case tl_mode_getnext: answerNext(batch, from: subtree)
      default: return CInt(SNMP_ERR_GENERR)
      }
      return CInt(SNMP_ERR_NOERROR)
    }

  private static func answerNext(_ batch: AgentRequests, from subtree: ServedSubtree) {
    let names = batch.names
    let table = subtree.walkTable(for: names, peer: batch.peer)
    let answered = batch.answerNext(from: table)
    subtree.noteStep(names, peer: batch.peer, answered: answered, from: table)
  }
}
