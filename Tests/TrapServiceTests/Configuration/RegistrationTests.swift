import Foundation
import Testing
import TrapBatching
import TrapControl

@testable import TrapService

@Suite("Registrations")
struct RegistrationTests {
  private static let eventQueue = 64 << 20

  private func read(
    _ json: String, name: String = "tail"
  ) throws -> Configuration.Registration {
    let given = try JSONDecoder().decode(EngineRegistration.self, from: Data(json.utf8))
    return try RegistrationReader.read(name, given, listeners: ["main", "lab"], eventQueue: Self.eventQueue)
  }

  @Test("An empty body subscribes to all traps from now on, as JSON, for a minute")
  func defaults() throws {
    let registration = try read("{}")
    #expect(registration.engine.kind == .pull(Configuration.Pull()))
    #expect(registration.engine.subscribe == [Configuration.Selection()] && registration.engine.filter.isEmpty)
    #expect(registration.lease == 60_000_000_000 && !registration.isPersistent && registration.start == .now)
  }

  @Test("An empty list subscribes to nothing, which is not what leaving it out means")
  func nothing() throws {
    #expect(try read("{\"subscribe\":[]}").engine.subscribe == nil)
  }

  @Test("Everything that is sent arrives, and what is shown reads back as the same")
  func everything() throws {
    let registration = try read(
      """
      {"start":4294967303,"format":"raw","subscribe":[{"source":["10.0.0.0/8","2001:db8::/32"],"trap":["1.3.6.1.6.3"],
      "version":["2c","3"],"listener":["lab"],"pdu":["inform"]},{}],"filter":[{"trap":["1.3.6.1.4.1.9"]}],
      "batch":{"size":7,"maxBytes":"128KiB","maxWait":"250ms"},"throttle":{"outstanding":3,"maxBytes":"2MiB"},
      "queue":{"limit":"8MiB","reserve":"1MiB"},"ackTimeout":"5s","lease":"10m","persist":true}
      """)
    #expect(registration.start == .sequence(4_294_967_303))
    #expect(registration.engine.batch == .init(traps: 7, octets: 128 << 10, maxWait: 250_000_000))
    #expect(registration.engine.throttle.outstanding == 3 && registration.engine.throttle.octets == 2 << 20)
    #expect(registration.engine.queue.limit == 8 << 20 && registration.engine.queue.reserve == 1 << 20)
    let subscribe = try #require(registration.engine.subscribe)
    #expect(subscribe.count == 2 && subscribe[1].isEmpty)
    #expect(subscribe[0].sources.map(\.description) == ["10.0.0.0/8", "2001:db8::/32"])
    #expect(subscribe[0].pdus == [.inform] && subscribe[0].listeners == ["lab"])
    let again = try RegistrationReader.read(
      "tail", registration.written, listeners: ["main", "lab"], eventQueue: Self.eventQueue)
    #expect(again == registration)
  }

  @Test("Every mistake is a sentence, and none hides another")
  func mistakes() throws {
    let error = try #require(throws: RegistrationMistakes.self) {
      try read(
        """
        {"format":"xml","lease":"5","ackTimeout":"1d","batch":{"size":0,"maxBytes":"2MiB"},"throttle":{"outstanding":65},
        "subscribe":[{"source":["10.0.0.1/8"],"listener":["mian"],"trap":[]}],"filter":[{"version":["2"],"pdu":["get"]}]}
        """, name: "a b")
    }
    #expect(
      error.sentences == [
        "name \"a b\" is no name; use 1 to 63 letters, digits, '.', '_' or '-', beginning with a letter or digit",
        "format \"xml\" is not known; write json or raw",
        "ackTimeout \"1d\" is not a number with a unit; write a whole number and one of us, ms, s, m, h",
        "lease \"5\" has no unit; write 5s, or another of us, ms, s, m, h",
        "batch.size 0 is out of range; write 1 to 100000",
        "batch.maxBytes \"2MiB\" is out of range; write 64KiB to 1MiB",
        "throttle.outstanding 65 is out of range; write 1 to 64",
        "subscribe: source \"10.0.0.1/8\" is not an address block; "
          + "write 10.1.0.0/16, 2001:db8::/32 or a bare address, with no bit set beyond the prefix",
        "subscribe: trap \"\" names nothing; write at least one value, or leave trap out",
        "subscribe: listener \"mian\" is no listener; known: main, lab",
        "filter: version \"2\" is not an SNMP version; write 1, 2c or 3",
        "filter: pdu \"get\" is not known; write trap or inform",
      ])
  }

  @Test(
    "Settings that cannot hold together are refused",
    arguments: [
      ("{\"queue\":{\"limit\":\"65MiB\"}}", "queue.limit 65MiB"),
      ("{\"queue\":{\"limit\":\"128KiB\"}}", "queue.limit 128KiB"),
      ("{\"queue\":{\"limit\":\"1MiB\",\"reserve\":\"2MiB\"}}", "queue.reserve 2MiB"),
      ("{\"throttle\":{\"maxBytes\":\"64KiB\"}}", "throttle.maxBytes 64KiB"),
    ])
  func together(json: String, beginning: String) throws {
    let error = try #require(throws: RegistrationMistakes.self) { try read(json) }
    #expect(error.sentences.count == 1 && error.description.hasPrefix(beginning))
  }

  @Test("A registration cannot grow without bound")
  func bound() throws {
    let sources = Array(repeating: "\"10.0.0.0/8\"", count: 600).joined(separator: ",")
    let error = try #require(throws: RegistrationMistakes.self) { try read("{\"filter\":[{\"source\":[\(sources)]}]}") }
    #expect(error.description.hasPrefix("subscribe and filter hold 601 values"))
  }
}
