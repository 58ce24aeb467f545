import Foundation
import Testing

@testable import TrapService

@Suite("The manual of the configuration")
struct ManualTests {
  private func check(_ rule: ElementRule, _ manual: String) {
    // The outer elements are introduced by the headings of their sections.
    let isHeading = ["trapline", "agents", "listeners", "metadata", "engines"].contains(rule.name)
    // An element that stands in several places, as `<http>` does, is described in each.
    let entries = manual.split(separator: "\n").filter { $0.hasPrefix(".It Li \"<\(rule.name) ") }
    let isTextOnly = rule.holdsText && rule.attributes.isEmpty
    #expect(isHeading || isTextOnly || !entries.isEmpty, "<\(rule.name)> is not in the manual")
    #expect(!isTextOnly || manual.contains("<\(rule.name)>"), "<\(rule.name)> is not in the manual")
    if !rule.attributes.isEmpty {
      let isDescribed = entries.contains { entry in
        rule.attributes.allSatisfy { entry.contains(" \($0)=") || entry.contains("|\($0)=") }
      }
      #expect(isDescribed, "an attribute of <\(rule.name)> is not in the manual: \(rule.attributes)")
    }
    for child in rule.children { check(child.rule, manual) }
  }

  @Test("Every element and attribute is in trapline.xml(5)")
  func vocabulary() throws {
    let path = ConfigurationFixture.root.appending(path: "Documentation/man/trapline.xml.5")
    check(Vocabulary.trapline, try String(contentsOf: path, encoding: .utf8))
  }

  @Test("The examples of the manual are read without a mistake of grammar")
  func examples() throws {
    let path = ConfigurationFixture.root.appending(path: "Documentation/man/trapline.xml.5")
    let manual = try String(contentsOf: path, encoding: .utf8)
    let examples = manual.components(separatedBy: ".Bd -literal\n").dropFirst()
      .compactMap { $0.components(separatedBy: ".Ed\n").first }
    #expect(examples.count > 20)
    for example in examples { _ = try MarkupDocument.parse(Array("<x>\(example)</x>".utf8)) }
  }
}
