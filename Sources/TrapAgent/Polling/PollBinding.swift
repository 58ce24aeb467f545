internal import TrapControl

/// A varbind of a response, with its name as Net-SNMP takes it in the next request.
internal struct PollBinding {
  internal let name: ObjectName
  internal let varbind: PollVarbind
  internal let isEndOfView: Bool
}
