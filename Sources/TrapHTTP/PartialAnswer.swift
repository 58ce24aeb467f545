/// What has come of an answer so far, within its bounds.
internal struct PartialAnswer {
  /// Octets of all header lines of an answer.
  private static let headerMax = 64 << 10

  private let bodyMax: Int
  private let dropsRest: Bool
  private var headers: [(name: String, value: String)] = []
  private var headerOctets = 0
  private var body: [UInt8] = []
  private(set) var isTooLarge = false
  /// The empty line behind the headers has come. libcurl takes a connection's end in its place.
  private(set) var hasWholeHeader = false

  init(bodyMax: Int, dropsRest: Bool) {
    self.bodyMax = bodyMax
    self.dropsRest = dropsRest
  }

  /// False where the answer has become too large.
  mutating func add(_ octets: UnsafeRawBufferPointer) -> Bool {
    let room = bodyMax - body.count
    let count = octets.count
    if count > room, !dropsRest {
      isTooLarge = true
      return false
    }
    unsafe body.append(contentsOf: octets.prefix(min(count, room)))
    return true
  }

  /// One line as it came, its end included. A status line begins a new answer: an interim one (1xx) came before.
  mutating func addHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    headerOctets += line.count
    guard headerOctets <= Self.headerMax else {
      isTooLarge = true
      return false
    }
    let text = unsafe String(decoding: line, as: UTF8.self)
    if text == "\r\n" || text == "\n" {
      hasWholeHeader = true
    } else if text.hasPrefix("HTTP/") {
      headers = []
      hasWholeHeader = false
    } else if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) {
      let name = text[..<colon].lowercased()
      headers.append((name, Self.trimmed(text[text.utf8.index(after: colon)...])))
    }
    return true
  }

  func response(status: Int) -> HTTPResponse { HTTPResponse(status: status, headers: headers, body: body) }

  /// Without the white space of RFC 9110 §5.5, and the line's end.
  private static func trimmed(_ value: Substring) -> String {
    var octets = value.utf8[...]
    while let first = octets.first, isSpace(first) { octets.removeFirst() }
    while let last = octets.last, isSpace(last) { octets.removeLast() }
    return String(Substring(octets))
  }

  private static func isSpace(_ octet: UInt8) -> Bool { octet == 32 || octet == 9 || octet == 10 || octet == 13 }
}
