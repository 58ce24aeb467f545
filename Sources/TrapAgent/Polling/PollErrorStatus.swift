/// error-status by its name (RFC 1157 §4.1.1, RFC 3416 §3).
internal enum PollErrorStatus {
  internal static let noSuchName = 2

  private static let names = [
    "noError", "tooBig", "noSuchName", "badValue", "readOnly", "genErr", "noAccess", "wrongType", "wrongLength",
    "wrongEncoding", "wrongValue", "noCreation", "inconsistentValue", "resourceUnavailable", "commitFailed",
    "undoFailed", "authorizationError", "notWritable", "inconsistentName",
  ]

  internal static func name(_ status: Int) -> String {
    names.indices.contains(status) ? names[status] : "error-status \(status)"
  }
}
