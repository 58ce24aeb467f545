/// Whether octets can stand in a JSON string as they are, with escapes, or not at all.
internal enum Printability {
  case plain, needsEscapes, notText

  init(_ octets: Span<UInt8>) {
    var escapes = false
    for index in octets.indices {
      switch octets[index] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), 9, 10, 13:
        escapes = true
      case 0x20..<0x7F:
        continue
      case 0x80...:
        self = Self.beyondASCII(octets, from: index, escapes)
        return
      default:
        self = .notText
        return
      }
    }
    self = escapes ? .needsEscapes : .plain
  }

  private static func beyondASCII(_ octets: Span<UInt8>, from start: Int, _ escaped: Bool) -> Printability {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: octets)
    } catch {
      return .notText
    }
    var escapes = escaped
    for index in start..<octets.count {
      switch octets[index] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), 9, 10, 13:
        escapes = true
      case 0..<0x20, 0x7F:
        return .notText
      case 0xC2 where octets[index + 1] < 0xA0:
        // The C1 controls, U+0080 to U+009F: terminals obey them. A valid lead octet has its continuation behind it.
        return .notText
      default:
        continue
      }
    }
    return escapes ? .needsEscapes : .plain
  }
}
