internal import SNMPWire

/// What a Report says again of the message that it answers (RFC 3412 §7.1, RFC 3414 §3.1).
struct Reported {
  let messageID: Int32
  /// Empty where it was longer than a name can be.
  let userName: [UInt8]
  /// 0 where the message's could not be read.
  let requestID: Int32

  init(_ header: V3Header, _ octets: Span<UInt8>, requestID: Int32) {
    messageID = header.messageID
    userName =
      header.userName.count <= USMVerifier.userNameOctets.upperBound ? header.userName.map { octets[$0] } : []
    self.requestID = requestID
  }

  /// Signed where there are keys, never encrypted: counters are no secret.
  func report(
    _ counter: USMStatistics.Counter, _ value: UInt32, _ local: LocalEngine, keys: LocalizedKeys? = nil, now: UInt64
  ) -> [UInt8] {
    var pdu = BERWriter()
    pdu.constructed(BERTag.report) {
      $0.integer(Int64(requestID))
      $0.integer(0)
      $0.integer(0)
      $0.sequence {
        $0.sequence {
          $0.objectIdentifier(counter.objectIdentifier)
          $0.integer(Int64(value), tag: BERTag.counter32)
        }
      }
    }
    return USMSealer.seal(
      messageID: messageID, flags: keys == nil ? 0 : 1, engineID: local.engineID, boots: local.boots,
      time: local.time(now: now), user: userName, keys: keys, contextEngineID: local.engineID, contextName: [],
      pdu: pdu.octets, salt: 0)
  }
}
