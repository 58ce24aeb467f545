/// What a source of metadata posted.
internal enum MetadataReport: Sendable {
  case answer(MetadataAnswer)
  case failure(MetadataFailure)

  var pinnedOctets: Int {
    switch self {
    case .answer(let answer): answer.pinnedOctets
    case .failure(let failure): 64 + failure.reason.utf8.count
    }
  }
}
