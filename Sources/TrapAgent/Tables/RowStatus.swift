/// RowStatus (RFC 2579).
internal enum RowStatus: Int32 {
  case active = 1
  case notInService = 2
  case notReady = 3
  case createAndGo = 4
  case createAndWait = 5
  case destroy = 6
}
