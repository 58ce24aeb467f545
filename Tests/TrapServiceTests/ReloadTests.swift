import Testing

@testable import TrapService

@Suite("Reload")
struct ReloadTests {
  private func configuration(_ xml: String) throws -> Configuration {
    try ConfigurationFixture.parse(xml).configuration
  }

  @Test("Other routes take effect without a restart")
  func routes() throws {
    let old = try configuration(ConfigurationFixture.xml())
    let new = try configuration(ConfigurationFixture.xml(route: "<route source=\"10.0.0.0/8\" engines=\"e\"/>"))
    #expect(old != new)
    #expect(Reload.refusals(from: old, to: new) == [])
  }

  @Test(
    "A part that needs a restart is named",
    arguments: [
      ("daemon", ConfigurationFixture.xml(daemon: "<stop drain=\"3s\"/>")),
      ("listeners", ConfigurationFixture.xml(listener: "<community secret=\"env:NOC\"/>")),
      ("engines", ConfigurationFixture.xml(engine: "<batch size=\"7\"/>")),
    ])
  func restart(part: String, xml: String) throws {
    let refusals = Reload.refusals(from: try configuration(ConfigurationFixture.xml()), to: try configuration(xml))
    #expect(refusals.count == 1)
    #expect(refusals.first?.hasPrefix("<\(part)>") == true)
  }
}
