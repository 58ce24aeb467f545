/// What a notification is rewritten as: a Trap-PDU of SNMPv1, or one of SNMPv2.
package enum NotificationForm: Sendable, Equatable {
  case trapV1
  case trapV2
  case inform

  var tag: UInt8 {
    switch self {
    case .trapV1: BERTag.trapV1
    case .trapV2: BERTag.trapV2
    case .inform: BERTag.inform
    }
  }
}
