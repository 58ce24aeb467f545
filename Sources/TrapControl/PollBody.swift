/// The body of `POST /v1/poll`.
package struct PollBody: Codable, Sendable, Equatable {
  package var requests: [PollRequest]

  package init(_ requests: [PollRequest]) { self.requests = requests }
}
