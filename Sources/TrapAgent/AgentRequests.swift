internal import CNetSNMP

/// The variable bindings that Net-SNMP hands to the handler in one call: read and answered through its own pointers,
/// which are valid during that call only.
@safe internal struct AgentRequests {
  private let information: UnsafeMutablePointer<netsnmp_agent_request_info>
  private let first: UnsafeMutablePointer<netsnmp_request_info>?

  internal init(
    information: UnsafeMutablePointer<netsnmp_agent_request_info>, first: UnsafeMutablePointer<netsnmp_request_info>?
  ) {
    unsafe self.information = unsafe information
    unsafe self.first = unsafe first
  }

  internal var mode: CInt { unsafe information.pointee.mode }

  internal var isVersion1: Bool { unsafe pdu.map { unsafe $0.pointee.version == SNMP_VERSION_1 } ?? false }

  /// Net-SNMP's opaque address of whoever asks. Through AgentX every manager has the master's.
  internal var peer: [UInt8] {
    guard let pdu = unsafe pdu, let address = unsafe pdu.pointee.transport_data,
      unsafe pdu.pointee.transport_data_length > 0
    else { return [] }
    return unsafe [UInt8](UnsafeRawBufferPointer(start: address, count: Int(pdu.pointee.transport_data_length)))
  }

  internal var identity: RequestIdentity {
    let pdu = unsafe pdu
    return unsafe RequestIdentity(
      session: UInt(bitPattern: information.pointee.asp), pdu: UInt(bitPattern: pdu),
      requestID: pdu?.pointee.reqid ?? 0, transactionID: pdu?.pointee.transid ?? 0)
  }

  /// How many names after each other the PDU asks for: a GETBULK's max-repetitions.
  internal var rowsAhead: Int {
    guard let pdu = unsafe pdu, unsafe pdu.pointee.command == tl_msg_getbulk else { return 1 }
    return unsafe Int(pdu.pointee.errindex)
  }

  /// Those that were not answered before.
  internal func forEach(_ body: (AgentRequest) -> Void) {
    var next = unsafe first
    while let request = unsafe next {
      if unsafe request.pointee.processed == 0 { body(unsafe AgentRequest(request)) }
      unsafe next = request.pointee.next
    }
  }

  internal func refuse(_ request: AgentRequest, _ error: SetError) { unsafe request.refuse(error, of: information) }

  private var pdu: UnsafeMutablePointer<netsnmp_pdu>? { unsafe information.pointee.asp?.pointee.pdu }
}
