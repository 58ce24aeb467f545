/// Which column of a CSV file means what, by its first row.
internal struct InventoryColumns {
  enum Meaning: String, CaseIterable {
    case source, engines, trap, version, pdu, community, program, credentials, level, ttl, refused
  }

  let count: Int
  /// Names as they stand in the file.
  let names: [String]
  private let places: [Meaning: Int]
  /// Columns that become attributes.
  let attributes: [(place: Int, name: String)]

  init(_ header: CSVRow) throws(InventoryRowIssueError) {
    var places: [Meaning: Int] = [:]
    var attributes: [(place: Int, name: String)] = []
    var issues: [InventoryRowIssue] = header.issue.map { [$0] } ?? []
    var seen: Set<String> = []
    for (place, field) in header.fields.enumerated() {
      let name = InventoryColumns.trimmed(field)
      let meaning = Meaning(rawValue: name.lowercased())
      if !seen.insert(meaning?.rawValue ?? name).inserted {
        issues.append(InventoryRowIssue(header.line, name, "the column stands twice", "remove one"))
      } else if let meaning {
        places[meaning] = place
      } else if name.isEmpty || name.utf8.count > InventoryValue.textMax {
        let message = "column \(place + 1) has no name, or one of more than \(InventoryValue.textMax) octets"
        issues.append(InventoryRowIssue(header.line, nil, message, "name it, or remove it"))
      } else {
        attributes.append((place, name))
      }
    }
    if places[.source] == nil && issues.isEmpty {
      let separator = header.fields.count == 1 ? [";", "\t"].first { header.fields[0].contains($0) } : nil
      issues.append(
        InventoryRowIssue(
          header.line, nil, "the first row names no column 'source'",
          separator == nil ? "begin the file with the columns' names: source,engines" : "separate fields by commas"))
    }
    if attributes.count > InventoryValue.attributesMax {
      let message = "\(attributes.count) columns would be attributes"
      issues.append(InventoryRowIssue(header.line, nil, message, "\(InventoryValue.attributesMax) are the most"))
    }
    guard issues.isEmpty else { throw InventoryRowIssueError(issues: issues) }
    (count, self.places, self.attributes) = (header.fields.count, places, attributes)
    names = header.fields
  }

  /// nil where there is no such column, or nothing in it.
  func value(_ meaning: Meaning, _ row: CSVRow) -> String? {
    guard let place = places[meaning] else { return nil }
    let text = meaning == .community ? row.fields[place] : InventoryColumns.trimmed(row.fields[place])
    return text.isEmpty ? nil : text
  }

  /// Without spaces at its ends.
  static func trimmed(_ text: String) -> String {
    guard text.utf8.first == 0x20 || text.utf8.last == 0x20 else { return text }
    let start = text.utf8.drop { $0 == 0x20 }
    return String(Substring(start).reversed().drop { $0 == " " }.reversed())
  }
}
