/// One varbind of a notification.
internal struct NotificationBinding: Equatable {
  internal enum Value: Equatable {
    case integer(Int32)
    case unsigned(UInt32)
    case counter64(UInt64)
    case timeTicks(UInt32)
    case text(String)
    case objectID(ObjectName)
  }

  let name: ObjectName
  let value: Value
}
