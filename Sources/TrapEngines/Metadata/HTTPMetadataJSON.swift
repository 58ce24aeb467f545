/// Reads JSON (RFC 8259) straight into what is wanted, without a tree of values: what an answer makes of memory is
/// then what its reader keeps of it, whatever a service sends.
internal struct HTTPMetadataJSON {
  /// Levels of arrays and objects; an answer of ours needs six.
  static let depthMax = 32
  /// Octets of a member's name.
  static let nameMax = 255

  /// Where a reader stands, to go back to.
  struct Place {
    fileprivate var position = 0
    fileprivate var depth = 0
  }

  let octets: [UInt8]
  private(set) var place = Place()
  var position: Int {
    get { place.position }
    set { place.position = newValue }
  }

  /// Checks the whole text first, so that a later problem can only be one of meaning.
  init(checking octets: [UInt8]) throws(HTTPMetadataProblem) {
    self.octets = octets
    guard (try? UTF8Span(validating: octets.span)) != nil else { throw HTTPMetadataProblem("it is not UTF-8") }
    try skip()
    skipSpace()
    guard position == octets.count else { throw HTTPMetadataProblem("octet \(position): more after the end") }
    position = 0
  }

  /// Goes through the members of an object; `member` reads or skips each one's value.
  mutating func object(
    _ member: (inout HTTPMetadataJSON, String) throws(HTTPMetadataProblem) -> Void
  ) throws(HTTPMetadataProblem) {
    try open(UInt8(ascii: "{"), "an object")
    while try !closes(UInt8(ascii: "}")) {
      let name = try string(max: Self.nameMax)
      try expect(UInt8(ascii: ":"))
      do {
        try member(&self, name)
      } catch { throw error.inside(Self.isPlain(name) ? name : HTTPMetadataProblem.quoted(name.utf8)) }
      try separator(UInt8(ascii: "}"))
    }
    try expect(UInt8(ascii: "}"))
    place.depth -= 1
  }

  /// Goes through the elements of an array; `element` reads or skips each.
  mutating func array(
    _ element: (inout HTTPMetadataJSON, Int) throws(HTTPMetadataProblem) -> Void
  ) throws(HTTPMetadataProblem) {
    try open(UInt8(ascii: "["), "an array")
    var index = 0
    while try !closes(UInt8(ascii: "]")) {
      do { try element(&self, index) } catch { throw error.inside("[\(index)]") }
      index += 1
      try separator(UInt8(ascii: "]"))
    }
    try expect(UInt8(ascii: "]"))
    place.depth -= 1
  }

  /// Of 1 to `max` octets, escapes resolved.
  mutating func text(max: Int) throws(HTTPMetadataProblem) -> String {
    let text = try string(max: max)
    guard !text.isEmpty else { throw HTTPMetadataProblem("it is empty") }
    return text
  }

  mutating func boolean() throws(HTTPMetadataProblem) -> Bool {
    skipSpace()
    if takes("true") { return true }
    if takes("false") { return false }
    throw HTTPMetadataProblem("expected true or false, found \(found)")
  }

  /// Whether an object is next.
  var isAtObject: Bool {
    mutating get {
      skipSpace()
      return position < octets.count && octets[position] == UInt8(ascii: "{")
    }
  }

  private static func isPlain(_ name: String) -> Bool {
    name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f } && name.utf8.count <= 40
  }

  /// Goes past the value that begins at `start`, whatever of it has been read.
  mutating func passOver(from start: Place) throws(HTTPMetadataProblem) {
    place = start
    try skip()
  }

  // MARK: - Structure

  private mutating func open(_ octet: UInt8, _ what: String) throws(HTTPMetadataProblem) {
    skipSpace()
    guard position < octets.count, octets[position] == octet else {
      throw HTTPMetadataProblem("expected \(what), found \(found)")
    }
    position += 1
    place.depth += 1
    guard place.depth <= Self.depthMax else {
      throw HTTPMetadataProblem("octet \(position): nested deeper than \(Self.depthMax)")
    }
  }

  private mutating func closes(_ octet: UInt8) throws(HTTPMetadataProblem) -> Bool {
    skipSpace()
    guard position < octets.count else { throw HTTPMetadataProblem("octet \(position): it ends too early") }
    return octets[position] == octet
  }

  /// A comma that something follows, or nothing where the end is next.
  private mutating func separator(_ end: UInt8) throws(HTTPMetadataProblem) {
    if try closes(end) { return }
    try expect(UInt8(ascii: ","))
    if try closes(end) { throw HTTPMetadataProblem("octet \(position): nothing follows the comma") }
  }

  mutating func expect(_ octet: UInt8) throws(HTTPMetadataProblem) {
    skipSpace()
    guard position < octets.count, octets[position] == octet else {
      let wanted = String(UnicodeScalar(octet))
      throw HTTPMetadataProblem("octet \(position): expected \(wanted), found \(found)")
    }
    position += 1
  }

  mutating func skipSpace() {
    while position < octets.count {
      let octet = octets[position]
      guard octet == 0x20 || octet == 0x0a || octet == 0x0d || octet == 0x09 else { return }
      position += 1
    }
  }

  mutating func takes(_ word: StaticString) -> Bool {
    let end = position + word.utf8CodeUnitCount
    guard end <= octets.count, octets[position..<end].elementsEqual(String(describing: word).utf8) else { return false }
    position = end
    return true
  }

  /// What stands here, in words.
  var found: String {
    guard position < octets.count else { return "the end" }
    switch octets[position] {
    case UInt8(ascii: "{"): return "an object"
    case UInt8(ascii: "["): return "an array"
    case UInt8(ascii: "\""): return "text"
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return "true or false"
    case UInt8(ascii: "n"): return "null"
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return "a number"
    case let octet: return HTTPMetadataProblem.quoted([octet])
    }
  }
}
