/// Reads comma-separated values (RFC 4180): fields in quotes may hold commas, ends of lines and doubled quotes. LF alone
/// ends a line too, a byte order mark is passed over, and so are empty lines.
internal struct CSVReader {
  /// Octets of one field.
  static let fieldMax = 1 << 16

  private let octets: [UInt8]
  private(set) var position: Int
  private var line = 1

  init(_ octets: [UInt8]) {
    self.octets = octets
    position = octets.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
  }

  /// The next row; nil at the end. A row that is no CSV has an issue, and reading goes on with the line behind it.
  mutating func next() -> CSVRow? {
    while position < octets.count, takesLineEnd() {}
    guard position < octets.count else { return nil }
    var row = CSVRow(line: line)
    do throws(InventoryValueMistake) {
      repeat { row.fields.append(try field()) } while takes(UInt8(ascii: ","))
      guard position == octets.count || takesLineEnd() else {
        throw InventoryValueMistake(
          problem: "text follows a field's closing quote", remedy: "double the quotes inside of quotes")
      }
    } catch {
      row.issue = InventoryRowIssue(row.line, nil, error.problem, error.remedy)
      skipLine()
    }
    return row
  }

  private mutating func field() throws(InventoryValueMistake) -> String {
    if takes(UInt8(ascii: "\"")) { return try text(quotedField()) }
    let start = position
    while position < octets.count {
      let octet = octets[position]
      if octet == UInt8(ascii: ",") || octet == 10 || isReturnBeforeNewline { break }
      guard octet != UInt8(ascii: "\"") else {
        throw InventoryValueMistake(
          problem: "a quote inside a field without quotes", remedy: "put the field in quotes and double those inside")
      }
      position += 1
    }
    return try text(octets[start..<position])
  }

  /// Where the quotes are not closed, only the line that they begin in is given up.
  private mutating func quotedField() throws(InventoryValueMistake) -> ArraySlice<UInt8> {
    let (start, startLine) = (position, line)
    var hasDoubled = false
    while position < octets.count {
      if octets[position] == UInt8(ascii: "\"") {
        guard position + 1 < octets.count, octets[position + 1] == UInt8(ascii: "\"") else { break }
        hasDoubled = true
        position += 1
      } else if octets[position] == 10 {
        line += 1
      }
      position += 1
    }
    guard position < octets.count, position - start <= CSVReader.fieldMax else {
      let isOpen = position == octets.count
      (position, line) = (start, startLine)
      throw InventoryValueMistake(
        problem: isOpen ? "the quotes are never closed" : "a field of more than \(CSVReader.fieldMax) octets",
        remedy: "close the field's quotes")
    }
    let content = octets[start..<position]
    position += 1
    guard hasDoubled else { return content }
    var single: [UInt8] = []
    var skips = false
    for octet in content {
      skips = octet == UInt8(ascii: "\"") && !skips
      if !skips { single.append(octet) }
    }
    return single[...]
  }

  private func text(_ field: ArraySlice<UInt8>) throws(InventoryValueMistake) -> String {
    guard let text = String(validating: field, as: UTF8.self) else {
      throw InventoryValueMistake(problem: "a field is not UTF-8", remedy: "save the file in UTF-8")
    }
    guard text.utf8.count <= CSVReader.fieldMax, !field.contains(0) else {
      throw InventoryValueMistake(problem: "a field is too long or holds a zero octet", remedy: "mend it")
    }
    return text
  }

  private mutating func takes(_ octet: UInt8) -> Bool {
    guard position < octets.count, octets[position] == octet else { return false }
    position += 1
    return true
  }

  private mutating func takesLineEnd() -> Bool {
    if isReturnBeforeNewline { position += 1 }
    guard takes(10) else { return false }
    line += 1
    return true
  }

  private mutating func skipLine() {
    while position < octets.count, !takesLineEnd() { position += 1 }
  }

  private var isReturnBeforeNewline: Bool {
    octets[position...].first == 13 && position + 1 < octets.count && octets[position + 1] == 10
  }
}
