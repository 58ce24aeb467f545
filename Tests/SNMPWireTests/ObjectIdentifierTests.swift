import SNMPWire
import Testing

@Suite("Object identifiers and their text")
struct ObjectIdentifierTests {
  static let wellFormed = [
    "0", "1", "2", "0.0", "0.39", "1.39.4294967295", "2.999.1", "2.4294967215", "1.3.6.1.4.1.8072.9999.9999.162",
    Array(repeating: "1", count: 128).joined(separator: "."),
  ]

  @Test("dotted text is read, with a leading dot too", arguments: wellFormed)
  func reads(_ text: String) throws {
    #expect(try #require(ObjectIdentifier(text)).description == text)
    #expect(ObjectIdentifier("." + text) == ObjectIdentifier(text))
  }

  static let illFormed = [
    "", ".", "..1", "1.", "1..3", "3", "3.1", "0.40", "1.40", "2.4294967216", "1.3.4294967296", "1.3.99999999999",
    "01.3", "1.03", "1.3.-1", "1.3.+1", "1.3.x", "1,3", " 1.3", "1.3 ", "iso.3", "1.3.6\n", "1.３",
    Array(repeating: "1", count: 129).joined(separator: "."),
  ]

  @Test("what can begin no object identifier is nil", arguments: illFormed)
  func refuses(_ text: String) {
    #expect(ObjectIdentifier(text) == nil)
  }

  @Test("sub-identifiers have the bounds of text")
  func subidentifiers() {
    #expect(ObjectIdentifier([1, 3, 6])?.subidentifiers == [1, 3, 6])
    #expect(ObjectIdentifier([UInt32]()) == nil)
    #expect(ObjectIdentifier([3]) == nil)
    #expect(ObjectIdentifier([1, 40]) == nil)
    #expect(ObjectIdentifier([2, 4_294_967_216]) == nil)
  }

  static let texts: [(content: String, text: String)] = [
    ("", "0.0"), ("00", "0.0"), ("27", "0.39"), ("28", "1.0"), ("2b", "1.3"), ("4f", "1.39"), ("50", "2.0"),
    ("7f", "2.47"), ("883703", "2.999.3"), ("8fffffff7f", "2.4294967215"), ("2b0a", "1.3.10"), ("2b63", "1.3.99"),
    ("2b64", "1.3.100"), ("2b7f", "1.3.127"), ("2b8100", "1.3.128"), ("2b8768", "1.3.1000"),
    ("2bce0f", "1.3.9999"), ("2bce10", "1.3.10000"), ("2b868d1f", "1.3.99999"), ("2b868d20", "1.3.100000"),
    ("2b83ac975400", "1.3.7015380.0"), ("2b8fffffff7f", "1.3.4294967295"), ("2b80808001", "1.3.1"),
  ]

  @Test("content octets become dotted decimal", arguments: texts.indices)
  func text(_ row: Int) {
    let (hex, text) = Self.texts[row]
    let content = Hex.octets(hex)
    #expect(Reading.oidText(content, 0..<content.count) == text)
    #expect(TrapOID.of(content)?.description == text)
  }

  @Test("every value of one to ten digits is written as the standard library writes it")
  func decimals() {
    let powers = (0..<10).map { exponent in (0..<exponent).reduce(UInt32(1)) { power, _ in power * 10 } }
    let values = powers.flatMap { [$0 - 1, $0, $0 + 1, $0 &* 7] } + Array(0...1100) + [.max, .max - 1]
    for value in values {
      let text = [UInt8](capacity: 10) { span in OIDText.writeDecimal(value, to: &span) }
      #expect(String(decoding: text, as: UTF8.self) == String(value))
    }
  }

  @Test("text is appended and leaves what stands before it")
  func appends() {
    let content: [UInt8] = [0xFF, 0x2B, 6, 1, 0xFF]
    var text = Array("oid ".utf8)
    OIDText.appendOID(content.span, 1..<4, to: &text)
    #expect(String(decoding: text, as: UTF8.self) == "oid 1.3.6.1")
  }

  static let bounds: [(content: [UInt8], error: BERError?)] = [
    ([0x2B, 0x8F, 0xFF, 0xFF, 0xFF, 0x7F], nil),
    ([0x2B, 0x90, 0x80, 0x80, 0x80, 0x00], .subidentifier(at: 3)),
    ([0x2B, 0x80, 0x8F, 0xFF, 0xFF, 0xFF, 0x7F], .subidentifier(at: 3)),
    ([0x2B, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], .subidentifier(at: 3)),
    ([0x90, 0x80, 0x80, 0x80, 0x00], .subidentifier(at: 2)),
    ([0x2B] + Array(repeating: 0xFF, count: 100), .subidentifier(at: 3)),
    ([0x2B] + Array(repeating: 0x01, count: 126), nil),
    ([0x2B] + Array(repeating: 0x01, count: 127), .tooManySubidentifiers(129, at: 3)),
    ([0x2B] + Array(repeating: 0x01, count: 4000), .tooManySubidentifiers(4002, at: 4)),
  ]

  @Test("128 sub-identifiers of 32 bits in five octets each are the bound", arguments: bounds.indices)
  func isBounded(_ row: Int) {
    let (content, error) = Self.bounds[row]
    let octets = BER.element(0x06, content)
    var reader = BERReader(octets.span)
    var thrown: BERError?
    do throws(BERError) {
      #expect(try reader.objectIdentifier(octets.span).count == content.count)
    } catch {
      thrown = error
    }
    #expect(thrown == error)
  }
}
