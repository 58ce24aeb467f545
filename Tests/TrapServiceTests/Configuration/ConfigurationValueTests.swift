import Foundation
import Testing
import TrapBatching

@testable import TrapService

@Suite("Values of a configuration")
struct ConfigurationValueTests {
  @Test("Everything that the largest golden writes arrives")
  func everything() throws {
    let path = ConfigurationFixture.goldens.appending(path: "valid/everything.xml").path
    let configuration = try ConfigurationFixture.read(path).configuration
    #expect(configuration.daemon.name == "noc-east.1")
    #expect(configuration.daemon.memoryLimit == 384 << 20)
    #expect(configuration.daemon.drain == 0)
    #expect(configuration.daemon.agent?.oid == "1.3.6.1.4.1.99999.1")
    let main = configuration.listeners[0]
    #expect(main.lanes == 2 && main.receiveBuffer == 16 << 20 && main.v3 == .deliverRaw && main.queueLimit == 24 << 20)
    #expect(main.batch == .init(traps: 1000, octets: 1 << 20, maxWait: 10_000_000))
    guard case .communities(let secrets) = main.acceptance else { throw Missing() }
    #expect(secrets.map(\.octets) == [Array("n0c".utf8), Array("n0c".utf8)])
    let route = configuration.metadata.rules[0].routes[0]
    #expect(route.trap.map { "\($0)" } == "1.3.6.1.6.3.1.1.5" && route.engines == ["pager", "archive"])
    #expect(route.attributes.map(\.value) == ["LHR2", "a\nb <--> &"])
    #expect(configuration.metadata.rules[1].fallback == nil)
    guard case .file(let file) = configuration.engines[0].kind,
      case .program(let program) = configuration.engines[2].kind
    else { throw Missing() }
    #expect(file.path == "/var/log/trapline/a&b \"c\".json" && file.rotateSize == 100 << 20 && file.rotateKeep == 3)
    #expect(file.sync == .batch && file.counter64 == .string && file.includesCommunity)
    #expect(configuration.engines[0].batch == .init(traps: 250, octets: 2 << 20, maxWait: 1_500_000))
    #expect(configuration.engines[0].retry.max == 60_000_000_000)
    #expect(program.launch == .command(["/usr/local/bin/page", "on call <ops>"]) && program.backoff == 2_000_000_000)
    guard case .program(let apart) = configuration.engines[5].kind else { throw Missing() }
    #expect(apart.launch == .socket("/run/traplined-pager.sock") && apart.style == .traphandle)
  }

  struct Missing: Error {}

  @Test(
    "The state directory is what is written, else where the environment points",
    arguments: [
      (["STATE_DIRECTORY": "/var/lib/t:/x", "XDG_STATE_HOME": "/s", "HOME": "/h"], "/var/lib/t"),
      (["XDG_STATE_HOME": "/s", "HOME": "/h"], "/s/trapline"),
      (["XDG_STATE_HOME": "relative", "HOME": "/h"], "/h/.local/state/trapline"),
    ])
  func stateDirectory(environment: [String: String], expected: String) throws {
    var surroundings = ConfigurationFixture.surroundings
    surroundings.variable = { environment[$0] }
    let found = try ConfigurationFixture.parse(ConfigurationFixture.xml(), surroundings: surroundings)
    #expect(found.configuration.daemon.stateDirectory.path == expected)
    let written = ConfigurationFixture.xml(daemon: "<state directory=\"/srv\"/>")
    let fixed = try ConfigurationFixture.parse(written, surroundings: surroundings)
    #expect(fixed.configuration.daemon.stateDirectory.path == "/srv")
  }

  @Test("Without any place for the state the configuration is refused")
  func noStateDirectory() throws {
    var surroundings = ConfigurationFixture.surroundings
    surroundings.variable = { _ in nil }
    let failure = try #require(throws: ConfigurationFailure.self) {
      try ConfigurationFixture.parse(ConfigurationFixture.xml(), surroundings: surroundings)
    }
    #expect(failure.description.contains("no state directory is given"))
  }

  @Test("An engine that no route names and rules that no listener names are warned about")
  func warnings() throws {
    let xml = """
      <trapline xmlns="urn:trapline:daemon:1">
        <listeners><listener name="l" address="udp:[::]:1" metadata="r" accept="all"/></listeners>
        <metadata><rules name="r"><default engines="e"/></rules>
          <rules name="idle"><default engines="e"/></rules></metadata>
        <engines><discard name="e"/>
          <discard name="spare"/></engines>
      </trapline>
      """
    let warnings = try ConfigurationFixture.parse(xml).warnings
    #expect(
      warnings.map(\.description) == [
        "test.xml:4: rules: no listener names idle; name it in a listener's metadata, or remove it",
        "test.xml:6: discard: no route names spare, so it gets nothing; name it in a route, or remove it",
      ])
  }

  @Test("Control characters of a file never reach the text of an issue")
  func oneLine() throws {
    let xml = ConfigurationFixture.xml(daemon: "<memory limit=\"5&#10;&#27;x\"/>".replacing("&#27;", with: "&#133;"))
    let failure = try #require(throws: ConfigurationFailure.self) { try ConfigurationFixture.parse(xml) }
    #expect(failure.description.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
  }
}
