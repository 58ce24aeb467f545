extension HTTPMetadataJSON {
  /// Goes past one value of any kind; keeps nothing of it.
  mutating func skip() throws(HTTPMetadataProblem) {
    skipSpace()
    guard position < octets.count else { throw HTTPMetadataProblem("octet \(position): it ends too early") }
    switch octets[position] {
    case UInt8(ascii: "{"):
      try object { (json, _) throws(HTTPMetadataProblem) in try json.skip() }
    case UInt8(ascii: "["):
      try array { (json, _) throws(HTTPMetadataProblem) in try json.skip() }
    case UInt8(ascii: "\""): _ = try string(max: .max)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber()
    default:
      guard takes("true") || takes("false") || takes("null") else {
        throw HTTPMetadataProblem("octet \(position): no value begins with \(found)")
      }
    }
  }

  private mutating func skipNumber() throws(HTTPMetadataProblem) {
    let start = position
    if octets[position] == UInt8(ascii: "-") { position += 1 }
    let leadingZero = position < octets.count && octets[position] == UInt8(ascii: "0")
    let whole = skipDigits()
    var isNumber = whole > 0 && (!leadingZero || whole == 1)
    if isNumber, takes(".") { isNumber = skipDigits() > 0 }
    if isNumber, takes("e") || takes("E") {
      _ = takes("+") || takes("-")
      isNumber = skipDigits() > 0
    }
    guard isNumber else { throw HTTPMetadataProblem("octet \(start): no number of JSON") }
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while position < octets.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= octets[position] { position += 1 }
    return position - start
  }
}
