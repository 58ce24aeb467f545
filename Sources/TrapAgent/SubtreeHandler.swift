internal import CNetSNMP

/// The handlers of subtrees, as Net-SNMP calls them: one for each subtree as a whole.
internal enum SubtreeHandler {
  private typealias Handler =
    @convention(c) (
      UnsafeMutablePointer<netsnmp_mib_handler>?, UnsafeMutablePointer<netsnmp_handler_registration>?,
      UnsafeMutablePointer<netsnmp_agent_request_info>?, UnsafeMutablePointer<netsnmp_request_info>?
    ) -> CInt

  /// Registers `subtree`, which must live as long as the agent.
  internal static func register(_ subtree: ServedSubtree) throws(AgentError) {
    try unsafe register(
      subtree, at: subtree.base, HANDLER_CAN_GETANDGETNEXT
    ) { _, registration, information, requests in
      guard let registration = unsafe registration, let information = unsafe information,
        let context = unsafe registration.pointee.my_reg_void
      else { return CInt(SNMP_ERR_GENERR) }
      let subtree = unsafe Unmanaged<ServedSubtree>.fromOpaque(context).takeUnretainedValue()
      let batch = unsafe AgentRequests(information: information, first: requests)
      switch batch.mode {
      case tl_mode_get: batch.answerGet(from: subtree.currentTable())
      case tl_mode_getnext: SubtreeHandler.answerNext(batch, from: subtree)
      default: return CInt(SNMP_ERR_GENERR)
      }
      return CInt(SNMP_ERR_NOERROR)
    }
  }

  /// Registers TRAPLINE-MIB, which must live as long as the agent.
  internal static func register(_ subtree: TraplineSubtree) throws(AgentError) {
    try unsafe register(subtree, at: subtree.base, HANDLER_CAN_RWRITE) { _, registration, information, requests in
      guard let registration = unsafe registration, let information = unsafe information,
        let context = unsafe registration.pointee.my_reg_void
      else { return CInt(SNMP_ERR_GENERR) }
      let subtree = unsafe Unmanaged<TraplineSubtree>.fromOpaque(context).takeUnretainedValue()
      let batch = unsafe AgentRequests(information: information, first: requests)
      switch batch.mode {
      case tl_mode_get: subtree.answerGet(batch)
      case tl_mode_getnext: subtree.answerNext(batch)
      case tl_mode_set_reserve1, tl_mode_set_reserve2, tl_mode_set_action, tl_mode_set_commit, tl_mode_set_free,
        tl_mode_set_undo:
        subtree.change(batch)
      default: return CInt(SNMP_ERR_GENERR)
      }
      return CInt(SNMP_ERR_NOERROR)
    }
  }

  private static func register(
    _ subtree: AnyObject, at base: ObjectName, _ modes: Int32, _ handler: Handler
  ) throws(AgentError) {
    let registration = unsafe netsnmp_create_handler_registration(
      "trapline", handler, base.arcs, base.arcs.count, CInt(modes))
    guard let registration = unsafe registration else { throw .registrationRefused(baseOID: "\(base)", code: -1) }
    unsafe registration.pointee.my_reg_void = Unmanaged.passUnretained(subtree).toOpaque()
    let code = unsafe netsnmp_register_handler(registration)
    guard code == MIB_REGISTERED_OK else { throw .registrationRefused(baseOID: "\(base)", code: Int(code)) }
  }

  private static func answerNext(_ batch: AgentRequests, from subtree: ServedSubtree) {
    let (walk, table) = subtree.walkTable(for: batch.names, peer: batch.peer)
    subtree.noteStep(walk, answered: batch.answerNext(from: table))
  }
}
