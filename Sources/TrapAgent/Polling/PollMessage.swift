/// A PDU that is to be sent.
internal struct PollMessage {
  internal enum Kind { case get, next, bulk(nonRepeaters: Int, maxRepetitions: Int) }

  internal let kind: Kind
  internal let names: [ObjectName]
}
