import Testing

@testable import TrapService

@Suite("XML documents")
struct MarkupDocumentTests {
  private func parse(_ text: String) throws(MarkupError) -> MarkupElement { try MarkupDocument.parse(Array(text.utf8)) }

  @Test("Elements keep their line, also beyond 65,535, and attributes their order")
  func lines() throws {
    let root = try parse("<a>\n<b y='1' x='&#65;&amp;'/>" + String(repeating: "\n", count: 70_000) + "<c/></a>")
    #expect(root.children.map(\.name) == ["b", "c"])
    #expect(root.children.map(\.line) == [2, 70_002])
    #expect(root.children[0].attributes.map(\.name) == ["y", "x"])
    #expect(root.children[0].attributes.map(\.value) == ["1", "A&"])
  }

  @Test("Text is gathered from plain and CDATA sections, comments are not text")
  func text() throws {
    #expect(try parse("<a> x<!-- no -->y<![CDATA[<z>]]> </a>").text == "xy<z>")
  }

  @Test(
    "A DOCTYPE is refused where it begins, whatever it declares",
    arguments: [
      "<!DOCTYPE a><a/>", "<!DOCTYPE a SYSTEM 'http://192.0.2.1/x.dtd'><a/>",
      "<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/hostname'> %p;]><a/>",
    ])
  func doctype(xml: String) throws {
    let error = try #require(throws: MarkupError.self) { try parse(xml) }
    #expect(error.message.contains("DOCTYPE") && error.line == 1)
  }

  @Test(
    "What is not well-formed is refused with a place",
    arguments: [
      "", " ", "<", "<a", "<a>", "<a></b>", "<a/><b/>", "<a>&none;</a>", "<a x=1/>", "<x:a/>", "\0", "<a>\u{1}</a>",
    ])
  func notWellFormed(xml: String) throws {
    let error = try #require(throws: MarkupError.self) { try parse(xml) }
    #expect(error.line >= 1 && !error.message.isEmpty && !error.message.contains("\n"))
  }

  @Test("Nesting without end is refused, not followed")
  func depth() {
    #expect(throws: MarkupError.self) { try parse(String(repeating: "<a>", count: 100_000)) }
  }
}
