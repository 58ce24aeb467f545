import Foundation
import SNMPWire
import TrapSecurity

/// Where the two readers differ and may: what is printed in Documentation/Differences.md.
enum Difference: String, CaseIterable {
  case clampedLengths = "A message, encrypted data, scoped PDU or PDU that declares more octets than there are"
  case headerBounds = "msgID below 0, msgMaxSize below 484, reserved bits in msgFlags"
  case opaqueTypes = "An Opaque that begins as Net-SNMP's own types do (9f 76…7a), but Float and Double"
  case retiredTypes = "NsapAddress and UInteger32 (RFC 1442)"
  case emptyOID = "An OBJECT IDENTIFIER without content"
  case namelessUser = "An SNMPv3 message without authentication whose user name is empty"
  case looseEnclosure =
    "An element that ends behind the one that encloses it, or security parameters that end before their string"
  case looseTags = "A string or integer of a header under the tag of another type that is one inside"
  case bitString = "BIT STRING as a value (RFC 1442)"
  case trailingOctets = "Octets behind the value in a varbind"
  case filledNull = "NULL, noSuchObject, noSuchInstance or endOfMibView with content"
  case wideIntegers = "An integer of more octets than its type has"
  case looseSubidentifiers = "A sub-identifier with leading zeroes (0x80), or above 2^32-1"

  private static let delivered = "delivers it with the error and its octets"

  /// What Net-SNMP and we do with it, and why we do.
  var row: (netSNMP: String, trapline: String, reason: String) {
    switch self {
    case .clampedLengths:
      (
        "refuses", "decodes it",
        "A length that overruns means what is there: where every varbind is there and whole, it is read. Digests are"
          + " checked all the same."
      )
    case .headerBounds:
      (
        "refuses", "decodes it",
        "RFC 3412 §6.4 has receivers ignore the reserved bits. The two numbers are about answers; a trap has none, and"
          + " its digest is right."
      )
    case .opaqueTypes:
      (
        "its own 64-bit types, or refuses", "Opaque with its octets",
        "RFC 2578 §7.1.9: an Opaque is whatever octets it has. What is no Float or Double is delivered as its octets."
      )
    case .retiredTypes:
      (
        "types of their own", "OctetString and Gauge32",
        "RFC 2578 has neither; RFC 1902 §2 made Unsigned32, and NsapAddress was always a string of octets."
      )
    case .emptyOID:
      ("0", "0.0", "X.690 §8.19.4: there are no fewer than two arcs. Agents send it for zeroDotZero.")
    case .namelessUser:
      (
        "accepts", "refuses: unknown user",
        "RFC 3414 §4: the empty name is for discovery and its reports. A user is in the configuration, or unknown."
      )
    case .looseEnclosure:
      (
        "accepts, where the message is long enough", "refuses in the header; else \(Self.delivered)",
        "X.690 §8.1.3: contents end where the length says. Which of the two lengths lies is anyone's guess."
      )
    case .looseTags:
      (
        "accepts", "refuses in the header; else \(Self.delivered)",
        "RFC 3412 §6, RFC 3416 §3: each field has one type."
      )
    case .bitString:
      ("accepts", Self.delivered, "RFC 2578 has no such type: what is meant is unknown, and the octets are there.")
    case .trailingOctets:
      ("ignores them", Self.delivered, "RFC 3416 §3: a varbind is a name and a value. Nothing is dropped in silence.")
    case .filledNull:
      ("ignores the content", Self.delivered, "X.690 §8.8.2: NULL is empty. Nothing is dropped in silence.")
    case .wideIntegers:
      ("keeps the low 32 bits", Self.delivered, "RFC 2578 §7.1: its bounds. No number is delivered that was not sent.")
    case .looseSubidentifiers:
      ("ignores the zeroes", Self.delivered, "X.690 §8.19.2 forbids them; RFC 2578 §3.5 has the bound.")
    }
  }

  /// Documentation/Differences.md.
  static var page: String {
    """
    # Where Trapline and Net-SNMP read differently

    Every notification that is encoded as the RFCs say is read alike: `swift test --filter DifferentialTests` reads the
    same messages with Net-SNMP's `snmp_parse` and with ours and compares acceptance, PDU type, request ID, user or
    community, level, context and each varbind's name, type and value; for a Trap-PDU of SNMPv1 its header, too. They are
    messages of every version, pair of protocols and type, datagrams collected elsewhere, and broken ones, most of
    them broken before they are encrypted and signed. `Tests/Differential` is the long run. Of requests, responses and reports
    it is compared that they are none; the time window is tested by itself.

    Both may only differ as follows; the test fails at any other difference, and where this page is not its table.

    | What | Net-SNMP 5.9 | Trapline | Why |
    |---|---|---|---|

    """ + allCases.map { "| \($0.rawValue) | \($0.row.netSNMP) | \($0.row.trapline) | \($0.row.reason) |\n" }.joined()
  }

  /// Why this is no contradiction; nil where it is one. `line` is the oracle's.
  static func of(_ reading: Reading, _ line: String) -> Difference? {
    if case .insecure(.unknownUser) = reading.outcome, let header = try? V3Header.read(reading.octets.span) {
      return header.userName.isEmpty && !header.isAuthenticated ? .namelessUser : nil
    }
    let oddities = Examination(reading.octets).oddities
    if case .decoded(let ours) = reading.outcome {
      return line == "R" ? ofDecoded(oddities) : ofValues(ours, line)
    }
    if case .undecoded(let error) = reading.outcome { return ofUndecoded(error, oddities) }
    return ofRefused(oddities)
  }

  /// Ours decoded, theirs refused.
  private static func ofDecoded(_ oddities: Set<Oddity>) -> Difference? {
    if oddities.contains(.overrun) { return .clampedLengths }
    if oddities.contains(.header) { return .headerBounds }
    return oddities.contains(.opaque) ? .opaqueTypes : nil
  }

  /// Both decoded, to other values.
  private static func ofValues(_ ours: String, _ theirs: String) -> Difference? {
    let ours = ours.components(separatedBy: " | ")
    let theirs = theirs.replacing("! 0 ", with: "! 0.0 ").components(separatedBy: " | ")
    guard ours.count == theirs.count, ours[0] == theirs[0] else { return nil }
    var found = Difference.emptyOID
    for (one, other) in zip(ours, theirs).dropFirst() where one != other {
      var words = other.components(separatedBy: " ")
      guard words.count == 3 else { return nil }
      if words[0] == "0" { words[0] = "0.0" }
      switch words[1] {
      case "06" where words[2] == "0": words[2] = "0.0"
      case "45": (words[1], found) = ("04", .retiredTypes)
      case "47": (words[1], found) = ("42", .retiredTypes)
      case "76", "77", "7a":
        guard one.hasPrefix("\(words[0]) 44 9f\(words[1])") else { return nil }
        found = .opaqueTypes
        continue
      default: break
      }
      guard words.joined(separator: " ") == one else { return nil }
    }
    return found
  }

  /// Theirs decoded; ours refused.
  private static func ofRefused(_ oddities: Set<Oddity>) -> Difference? {
    if !oddities.isDisjoint(with: [.overrun, .wrapper]) { return .looseEnclosure }
    if oddities.contains(.tag) { return .looseTags }
    return oddities.contains(.wideInteger) ? .wideIntegers : nil
  }

  /// Theirs decoded; ours delivered with this error.
  private static func ofUndecoded(_ error: BERError, _ oddities: Set<Oddity>) -> Difference? {
    // What comes first in an element that overruns another may be read as anything.
    if oddities.contains(.overrun) { return .looseEnclosure }
    let expected: (difference: Difference, oddity: Oddity)? =
      switch error {
      case .trailingOctets: (.trailingOctets, .trailing)
      case .unexpectedTag(0x03, _): (.bitString, .bitString)
      case .unexpectedTag: (.looseTags, .tag)
      case .valueSize: (.filledNull, .filledNull)
      case .integerWidth: (.wideIntegers, .wideInteger)
      case .subidentifier: (.looseSubidentifiers, .subidentifier)
      default: nil
      }
    return expected.flatMap { oddities.contains($0.oddity) ? $0.difference : nil }
  }
}
