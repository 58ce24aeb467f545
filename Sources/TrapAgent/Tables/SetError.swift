/// Why a SET is refused: error-status of RFC 3416. Net-SNMP turns them into those of version 1.
internal enum SetError: Int32 {
  case wrongType = 7
  case wrongLength = 8
  case wrongValue = 10
  case noCreation = 11
  case inconsistentValue = 12
  case resourceUnavailable = 13
  case notWritable = 17
  case inconsistentName = 18
}
