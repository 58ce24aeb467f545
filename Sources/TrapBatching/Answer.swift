/// One message that goes back to where a notification came from: the response to an inform, or a report.
package struct Answer: Sendable {
  /// Of the notification: the answer goes to its source and port, from its local address, by its listener.
  package let facts: ArrivalFacts
  package let octets: [UInt8]

  package init(facts: ArrivalFacts, octets: [UInt8]) {
    self.facts = facts
    self.octets = octets
  }
}
