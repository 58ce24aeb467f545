import Foundation
import SNMPWire
import Testing
import TrapBatching

@testable import TrapService

@Suite("The API, metadata services and engines beyond HTTP")
struct ServicesTests {
  struct Missing: Error {}

  private func services() throws -> ConfigurationFile {
    try ConfigurationFixture.read(ConfigurationFixture.goldens.appending(path: "valid/services.xml").path)
  }

  @Test("Everything that the golden writes of the API arrives")
  func api() throws {
    let api = try #require(try services().configuration.daemon.api)
    #expect(api.address.description == "[2001:db8::162]:1180" && !api.address.isLocal)
    #expect(api.connections == 512 && api.registrations == 32 && api.tokens.map(\.name) == ["noc", "operator"])
    #expect(api.tokens[0].engines == ["pager", "console"] && api.tokens.map(\.isAdmin) == [false, true])
    #expect(api.tokens[0].filter.count == 2 && api.tokens[0].filter[1].pdus == [.inform])
    #expect(api.tokens[1].secret.octets == Array("0p3rat0r-0p3rat0r".utf8) && api.tokens[1].engines == nil)
  }

  @Test("Everything that the golden writes of metadata arrives")
  func metadata() throws {
    let metadata = try services().configuration.metadata
    #expect(metadata.sources.map(\.name) == ["routes", "service", "inventory"] && metadata.rules.count == 1)
    guard case .http(let service) = metadata.sources[1], case .sqlite(let inventory) = metadata.sources[2] else {
      throw Missing()
    }
    #expect(inventory.path == "/var/lib/trapline/inventory.sqlite" && service.responseMax == 2 << 20)
    #expect(service.target.timeout == 1_500_000_000 && service.target.connectTimeout == 400_000_000)
    #expect(service.target.url.host == "meta.example.net" && service.target.url.port == 8443)
    #expect(service.target.headers.map(\.value) == ["LHR2 & LHR3", "0p3rat0r-0p3rat0r"])
    #expect(service.target.headers.map { $0.secret == nil } == [true, false])
    #expect(metadata.requests.keys == 200 && metadata.requests.outstanding == 8)
    #expect(metadata.requests.backoff == 250_000_000 && metadata.requests.maxWait == 10_000_000)
    #expect(metadata.cache.refreshAhead == 60_000_000_000 && metadata.cache.staleFor == 7_200_000_000_000)
    #expect(metadata.unanswered?.engines == ["archive"] && metadata.unanswered?.attributes.count == 1)
  }

  @Test("Everything that the golden writes of engines arrives")
  func engines() throws {
    let engines = try services().configuration.engines
    guard case .http(let alarms) = engines[1].kind, case .pull(let pager) = engines[2].kind,
      case .http(let cloud) = engines[3].kind
    else { throw Missing() }
    #expect(alarms.style.format == .raw && alarms.style.counter64 == .string && alarms.style.includesCommunity)
    #expect(engines[1].throttle.rate == 5000 && engines[1].queue.drain == 60_000_000_000)
    let subscribe = try #require(engines[1].subscribe)
    #expect(subscribe[0].sources.count == 2 && subscribe[0].traps.count == 2)
    #expect(subscribe[0].versions.map(\.name) == ["1", "2c"])
    #expect(subscribe[0].listeners == ["main", "lab"] && subscribe[0].pdus == [.trap])
    #expect(engines[1].filter.map(\.listeners) == [["edge"]])
    #expect(engines[2].subscribe == [Configuration.Selection()] && pager.ackTimeout == 10_000_000_000)
    #expect(engines[0].subscribe == nil && cloud.target.url.isEncrypted && cloud.target.timeout == 30_000_000_000)
  }

  @Test("No secret is printed, not even one of a header")
  func secrets() throws {
    let file = try services()
    let printed = file.configuration.printed(file.limits) + "\(file.configuration.daemon.api?.tokens ?? [])"
    #expect(!printed.contains("0p3rat0r") && !printed.contains("s3cret"))
    #expect(printed.contains("secret=\"env:OPERATOR\""))
  }

  @Test("With an API, an engine that no file knows may be named, and is warned about")
  func laterEngines() throws {
    #expect(
      try services().warnings.map { String($0.description.drop { $0 != ":" }) } == [
        ":21: route: engines=\"…\" names comes-later, which is no processing engine of this file; "
          + "its traps are unrouted until one registers by that name"
      ])
  }

  @Test(
    "What is doubtful of a connection is warned about",
    arguments: [
      ("url=\"http://192.0.2.1/\" token=\"env:NOC\"", "a secret goes to 192.0.2.1 in clear text"),
      ("url=\"http://localhost:1/\" token=\"env:NOC\"", nil),
      ("url=\"https://192.0.2.1/\" token=\"env:NOC\"", nil),
      ("url=\"https://192.0.2.1/\" timeout=\"3s\"", "timeout 3s is longer than requests timeout 2s"),
    ])
  func warnings(attributes: String, beginning: String?) throws {
    let warnings = try ConfigurationFixture.parse(
      """
      <trapline xmlns="urn:trapline:daemon:1">
        <listeners><listener name="l" address="udp:[::]:1" metadata="m" accept="all"/></listeners>
        <metadata><http name="m" \(attributes)/></metadata>
        <engines><discard name="e"/></engines>
      </trapline>
      """
    ).warnings
    #expect(warnings.count == (beginning == nil ? 0 : 1))
    #expect(beginning == nil || warnings.first?.message.hasPrefix(beginning ?? "") == true)
  }

  @Test("Tokens are of use on loopback too: polls ask for one everywhere")
  func localTokens() throws {
    let api = "<api><token name=\"noc\" secret=\"0123456789abcdef\"/></api>"
    let warnings = try ConfigurationFixture.parse(ConfigurationFixture.xml(daemon: api)).warnings
    #expect(warnings.isEmpty)
  }

  @Test("An Authorization written in place is warned about, as it is printed")
  func authorization() throws {
    let engines = """
      <http name="e" url="https://192.0.2.1/"><header name="authorization" value="Basic eA=="/></http>
      """
    let warnings = try ConfigurationFixture.parse(
      ConfigurationFixture.xml().replacing("<file name=\"e\" path=\"-\"></file>", with: engines)
    ).warnings
    #expect(warnings.map(\.message) == ["authorization stands in the file itself, and is printed with it"])
  }

  @Test("A filter that names nothing leaves everything out, and is warned about")
  func emptyFilter() throws {
    let warnings = try ConfigurationFixture.parse(ConfigurationFixture.xml(engine: "<filter/>")).warnings
    #expect(warnings.map(\.message) == ["it names nothing, so it leaves every trap out"])
  }

  @Test(
    "Only what this machine alone can reach does without a token",
    arguments: [
      ("127.0.0.1:1180", true), ("127.8.9.1:80", true), ("[::1]:1180", true), ("unix:/run/trapline/api.sock", true),
      ("[::ffff:127.0.0.1]:1180", true), ("0.0.0.0:1180", false), ("[::]:1180", false), ("192.0.2.1:1180", false),
    ])
  func local(address: String, isLocal: Bool) throws {
    let xml = ConfigurationFixture.xml(daemon: "<api address=\"\(address)\"/>")
    if isLocal {
      #expect(try ConfigurationFixture.parse(xml).configuration.daemon.api?.address.isLocal == true)
    } else {
      #expect(throws: ConfigurationFailure.self) { try ConfigurationFixture.parse(xml) }
    }
  }

  @Test("What serves and what is asked counts under the memory limit")
  func limits() throws {
    let limits = try services().limits
    #expect(limits.total == limits.memoryLimit && limits.memoryLimit == 1 << 30)
    #expect(limits.api == 26 << 20 && limits.registrations == 8 << 20 && limits.subscriptions == 4 << 20)
    // Rules have no buffers; eight answers of 2 MiB may come at once; an inventory has its pages; both have credentials.
    #expect(limits.sources.map(\.buffers) == [0, 24 << 20, 16 << 20])
    // Raw: twice its datagrams; JSON: six times; one buffer each to format in.
    #expect(limits.engines.map(\.buffers) == [2 << 20, 9 << 20, 7 << 20, 7 << 20])
    let without = try ConfigurationFixture.parse(ConfigurationFixture.xml()).limits
    #expect(without.api == 0 && without.registrations == 0 && without.subscriptions == 0 && without.answers > 4 << 20)
  }
}
