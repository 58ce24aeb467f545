internal import ArgumentParser
internal import Testing
internal import TrapControl

@testable internal import trapline

@Suite("Selectors on the command line")
struct SelectorWordsTests {
  @Test("no words are all traps")
  func nothing() throws {
    let words = try SelectorWords([])
    #expect(words.selection == nil)
  }

  @Test("a repeated key and a list with commas are both 'any of these'")
  func lists() throws {
    let words = ["source=10.0.0.0/8,192.0.2.7", "trap=linkDown", "trap=1.3.6.1.4.1", "version=v2c,3", "pdu=inform"]
    let selection = try SelectorWords(words).selection
    #expect(
      selection
        == TrapSelection(
          source: ["10.0.0.0/8", "192.0.2.7"], trap: ["1.3.6.1.6.3.1.1.5.3", "1.3.6.1.4.1"], version: ["2c", "3"],
          pdu: ["inform"]))
  }

  @Test(
    "what can be known to be wrong is refused before a daemon is asked",
    arguments: [
      "10.0.0.0/8", "sauce=10.0.0.0/8", "source=", "source=10.0.0.0/8,", "version=2", "pdu=get", "trap=linkSideways",
      "trap=1", "trap=1..3", "trap=1.4294967296",
    ])
  func mistakes(_ word: String) {
    #expect(throws: ValidationError.self) { try SelectorWords([word]) }
  }
}
