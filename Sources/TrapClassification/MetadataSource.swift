package import TrapBatching

/// Where metadata comes from: rules of the configuration, a database, a service.
package protocol MetadataSource: AnyObject, Sendable {
  /// As the configuration calls it.
  var name: String { get }
  /// `rules`, `sqlite`, `http`.
  var kind: String { get }

  /// True where `ask` posts the whole answer before it returns: such a source is asked without waiting for more keys.
  var answersAtOnce: Bool { get }

  /// Takes one request, returns at once, and posts the answer under the request's ID: whole or in parts, now or later,
  /// from any thread. What it leaves unanswered is asked again after the timeout, under the same ID.
  func ask(_ request: MetadataRequest, answers: MetadataAnswers)

  /// Of the threads that it has to itself.
  var beats: [LoopBeat] { get }
}

extension MetadataSource {
  /// One that answers at once has none.
  package var beats: [LoopBeat] { [] }
}
