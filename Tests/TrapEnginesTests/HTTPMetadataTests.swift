import SNMPWire
import Testing
import TrapBatching
import TrapClassification
import TrapHTTP

@testable import TrapEngines

@Suite("Metadata over HTTP: what is sent and what is read")
struct HTTPMetadataTests {
  private let reading = HTTPMetadataReading()
  private let seven = HTTPMetadataReading.key("192.0.2.7")
  private let eight = HTTPMetadataReading.key("192.0.2.8")
  private let authoritative: [UInt8] = [0x80, 0, 0x1f, 0x88, 1]

  private func lines(_ answers: String, _ keys: [MetadataKey]) -> [String] {
    reading.text(reading.outcome(#"{"request":"7","answers":["# + answers + "]}", keys: keys))
  }

  @Test("one request carries all keys, its ID, and what the settings add")
  func request() {
    var settings = HTTPMetadataSettings(name: "cmdb", url: "http://192.0.2.1/m")
    settings.token = "s3cret"
    settings.headers = [("X-Site", "east")]
    settings.timeout = 3_000_000_000
    let keys = [
      seven, HTTPMetadataReading.key("2001:db8::1", listener: 1, engine: authoritative, user: "n\"o\\c\u{1}é"),
      MetadataKey(
        listener: 9, source: SourceAddress("192.0.2.9")!,
        v3: V3Identity(engineID: authoritative, userName: [0xff, 0x41])),
    ]
    _ = reading.outcome(.failure(.stopped), keys: keys, settings: settings)
    let request = reading.request!
    #expect(
      String(decoding: request.body, as: UTF8.self) == #"{"request":"7","attempt":2,"keys":["#
        + #"{"listener":"main","source":"192.0.2.7"},"#
        + #"{"listener":"lab","source":"2001:db8::1","engineID":"80001f8801","user":"n\"o\\c\u0001é"},"#
        + #"{"listener":"9","source":"192.0.2.9","engineID":"80001f8801","userHex":"ff41"}]}"#)
    #expect(request.method == "POST" && request.url == "http://192.0.2.1/m" && request.timeout == 3_000_000_000)
    #expect(request.responseMax == 4 << 20)
    #expect(
      request.headers.map { "\($0.name): \($0.value)" } == [
        "X-Site: east", "Content-Type: application/json", "Accept: application/json", "Trapline-Request: 7",
        "Authorization: Bearer s3cret",
      ])
  }

  @Test("every member of a route and of a key is read")
  func members() {
    let answer = #"""
      {"source":"192.0.2.7","listener":"main","ttl":"1h","credentials":"noc","level":"authPriv",
       "attributes":{"site":"LHR2","customer":"A"},
       "routes":[
        {"trap":"1.3.6.1.6.3.1.1.5","version":["1","2c"],"pdu":["trap","inform"],"community":"p\u00fcb",
         "engines":["b","a"],"attributes":{"site":"LHR3"}},
        {"trap":".1.3.6.1.4.1","engines":[]},
        {"engines":["archive"]}]}
      """#
    #expect(
      lines(answer, [seven]) == [
        "192.0.2.7/0: [1.3.6.1.6.3.1.1.5 v1 v2c trapV1 trapV2 inform püb] a,b{customer=A,site=LHR3}; "
          + "[1.3.6.1.4.1] nowhere; [] archive{customer=A,site=LHR2}; by noc; level 3 for 3600 s"
      ])
    #expect(reading.log.lines == [])
  }

  @Test("an answer without listener, engine ID and user is for every key of its source; with them for those alone")
  func distinction() {
    let keys = [
      seven, HTTPMetadataReading.key("192.0.2.7", listener: 1),
      HTTPMetadataReading.key("192.0.2.7", engine: authoritative, user: "noc"),
      HTTPMetadataReading.key("192.0.2.7", engine: authoritative, user: "ops"),
    ]
    let all = lines(#"{"source":"::ffff:192.0.2.7","routes":[{"engines":["x"]}]}"#, keys)
    #expect(all.count == 4)
    let some = lines(
      #"{"source":"192.0.2.7","user":"ops","refused":true},"#
        + #"{"source":"192.0.2.7","engineID":"80001F8801","routes":[{"engines":["v3"]}]},"#
        + #"{"source":"192.0.2.7","listener":"lab","routes":[{"engines":["lab"]}]},"#
        + #"{"source":"192.0.2.7","routes":[{"engines":["rest"]}]}"#, keys)
    #expect(
      some == ["192.0.2.7/0: refused", "192.0.2.7/0: [] v3", "192.0.2.7/1: [] lab", "192.0.2.7/0: [] rest"])
    #expect(reading.log.lines == [])
  }

  static let wrong: [(String, String)] = [
    (#"{"routes":[]}"#, "it names no source"),
    (#"{"source":"192.0.2.300","refused":true}"#, #"source: "192.0.2.300" is no IPv4 or IPv6 address"#),
    (#"{"source":"192.0.2.9","refused":true}"#, "it was not asked for"),
    (#"{"source":"192.0.2.7"}"#, #"it has neither routes nor "refused":true"#),
    (#"{"source":"192.0.2.7","refused":true,"routes":[]}"#, "it is refused and has routes"),
    (#"{"source":"192.0.2.7","refused":"yes"}"#, "refused: expected true or false, found text"),
    (#"{"source":"192.0.2.7","routes":[{"engine":["a"]}]}"#, "routes[0].engine: no member of a route; there are trap,"),
    (#"{"source":"192.0.2.7","routes":[{"trap":"1.3"}]}"#, "routes[0]: it names no engines; [] for traps that go"),
    (
      #"{"source":"192.0.2.7","routes":[{"engines":["a"]},{"trap":"linkDown","engines":["a"]}]}"#,
      #"routes[1].trap: "linkDown" is no object identifier in numbers"#
    ),
    (#"{"source":"192.0.2.7","routes":[{"engines":"a"}]}"#, "routes[0].engines: expected an array, found text"),
    (#"{"source":"192.0.2.7","routes":[{"engines":["a",4]}]}"#, "routes[0].engines[1]: expected text, found a number"),
    (#"{"source":"192.0.2.7","routes":[{"engines":[""]}]}"#, "routes[0].engines[0]: it is empty"),
    (
      #"{"source":"192.0.2.7","routes":[{"version":["v2c"],"engines":[]}]}"#,
      #"routes[0].version[0]: "v2c" is none of "1", "2c", "3""#
    ),
    (#"{"source":"192.0.2.7","routes":[{"pdu":[],"engines":[]}]}"#, "routes[0].pdu: it is empty; leave it out for any"),
    (
      #"{"source":"192.0.2.7","routes":[{"engines":[],"attributes":{"site":2}}]}"#,
      "routes[0].attributes.site: expected text, found a number"
    ),
    (#"{"source":"192.0.2.7","ttl":300,"routes":[]}"#, "ttl: expected text, found a number"),
    (#"{"source":"192.0.2.7","ttl":"5 min","routes":[]}"#, #"ttl: "5 min" is no time; a whole number and ms, s, m, h"#),
    (#"{"source":"192.0.2.7","ttl":"5m","ttl":"6m","routes":[]}"#, "ttl: it stands twice"),
    (#"{"source":"192.0.2.7","level":"priv","routes":[]}"#, #"level: "priv" is none of "noAuthNoPriv", "authNoPriv""#),
    (#"{"source":"192.0.2.7","engineID":"8z","routes":[]}"#, #"engineID: "8z" is not hexadecimal"#),
    (#"{"source":"192.0.2.7","site":"LHR2","routes":[]}"#, "site: no member of an answer; there are source, listener"),
    (#"{"source":"192.0.2.7","li\nne\u001b":1}"#, #""li?ne?": no member of an answer"#),
    (#"17"#, "expected an object, found a number"),
    (
      #"{"source":"192.0.2.7","credentials":"\#(String(repeating: "x", count: 256))","routes":[]}"#,
      "credentials: longer than 255 octets"
    ),
    (
      #"{"source":"192.0.2.7","routes":[\#(Array(repeating: #"{"engines":[]}"#, count: 257).joined(separator: ","))]}"#,
      "routes[256]: more than 256 routes"
    ),
  ]

  @Test("one wrong element is passed over with its reason, and the others count", arguments: wrong)
  func wrongElement(element: String, reason: String) {
    let answers = element + #",{"source":"192.0.2.8","routes":[{"engines":["a"]}]}"#
    #expect(lines(answers, [seven, eight]) == ["192.0.2.8/0: [] a"])
    #expect(reading.log.lines.count == 1)
    let line = reading.log.lines.first ?? ""
    #expect(line.hasPrefix("warning: metadata cmdb: request 7: answers[0]"))
    #expect(line.contains(reason), "\(line)")
    #expect(line.hasSuffix("; it is passed over"))
    #expect(line.utf8.allSatisfy { $0 >= 0x20 })
  }

  @Test("of two answers for one key the first counts")
  func twice() {
    let answers = #"{"source":"192.0.2.7","routes":[{"engines":["a"]}]},{"source":"192.0.2.7","refused":true}"#
    #expect(lines(answers, [seven]) == ["192.0.2.7/0: [] a"])
    #expect(
      reading.log.lines == [
        "warning: metadata cmdb: request 7: answers[1] (192.0.2.7): an answer before it is for the same key; "
          + "it is passed over"
      ])
  }

  @Test("64 attributes of a route and its key together are the most")
  func attributes() {
    func answer(_ own: Int) -> String {
      func object(_ letter: String, _ count: Int) -> String {
        "{" + (0..<count).map { #""\#(letter)\#($0)":"v""# }.joined(separator: ",") + "}"
      }
      return #"{"source":"192.0.2.7","attributes":\#(object("k", 32)),"#
        + #""routes":[{"engines":["a"],"attributes":\#(object("r", own))}]}"#
    }
    #expect(lines(answer(32), [seven]).first?.contains("k31=v") == true)
    #expect(lines(answer(33), [seven]).first?.contains("more than 64 attributes") == true)
  }
}
