/// How the batches of a `PullEngine` are written.
internal struct PullEngineForm: Sendable, Equatable {
  var format: RecordFormat
  var options: JSONOptions
}
