/// What carries the notification. The PDU's tag decides, whatever the message version.
package enum NotificationKind: UInt8, CaseIterable, Sendable {
  case trapV1
  case trapV2
  case inform
  /// A v3 message whose scoped PDU is encrypted: what it holds is not known yet.
  case v3Encrypted

  /// Nil for every tag that is not a notification's.
  package init?(tag: UInt8) {
    switch tag {
    case BERTag.trapV1: self = .trapV1
    case BERTag.trapV2: self = .trapV2
    case BERTag.inform: self = .inform
    default: return nil
    }
  }
}
