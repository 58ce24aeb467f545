/// What `POST /v1/poll` answers: one answer for each request, in their order.
package struct PollAnswers: Codable, Sendable, Equatable {
  package var answers: [PollAnswer]

  package init(_ answers: [PollAnswer]) { self.answers = answers }
}
