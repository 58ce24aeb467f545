/// Tells one PDU from the next while Net-SNMP calls the handler again and again for the same one.
internal struct RequestIdentity: Equatable {
  /// Net-SNMP's own structures for it, as numbers: they live as long as the PDU, and another may come to stand there.
  internal let session: UInt
  internal let pdu: UInt
  internal let requestID: Int
  internal let transactionID: Int
}
