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

  static let wholes: [(String, String)] = [
    ("", "the answer is no JSON: octet 0: it ends too early"),
    ("<html>", #"the answer is no JSON: octet 0: no value begins with "<""#),
    (#"{"request":"7","answers":[]"#, "the answer is no JSON: octet 27: it ends too early"),
    (#"{"request":"7","answers":[]}x"#, "the answer is no JSON: octet 28: more after the end"),
    (#"{"request":"7","answers":[01]}"#, "the answer is no JSON: answers[0]: octet 26: no number of JSON"),
    (#"{"request":"7","answers":["\ud800"]}"#, "the answer is no JSON: answers[0]: octet 33: half a pair of surrogates"),
    ("[\"\u{1}\"]", "the answer is no JSON: [0]: octet 2: a control character in text"),
    (String(repeating: "[", count: 100_000), "nested deeper than 32"),
    ("[]", "expected an object, found an array"),
    (#"{"request":7,"answers":[]}"#, "request: expected text, found a number"),
    (#"{"request":"8","answers":[]}"#, #"the answer is for request "8""#),
    (#"{"answers":[{"source":"192.0.2.7","refused":true}]}"#, "the answer names no request"),
    (#"{"request":"7"}"#, "the answer has no answers"),
    (#"{"request":"7","answers":{}}"#, "answers: expected an array, found an object"),
    (#"{"request":"7","answers":[]}"#, "the answer is for none of the 1 keys asked"),
    (
      #"{"request":"7","answers":[{"source":"192.0.2.7"}]}"#,
      #"the answer is for none of the 1 keys asked; answers[0] (192.0.2.7): it has neither routes nor"#
    ),
  ]

  @Test("an answer that is wrong as a whole is a failure, and says how", arguments: wholes)
  func wrongWhole(answer: String, reason: String) {
    let outcome = reading.outcome(answer, keys: [seven])
    guard case .failed(let text, nil) = outcome else {
      Issue.record("\(reading.text(outcome))")
      return
    }
    #expect(text.contains(reason), "\(text)")
  }

  @Test("octets that are no UTF-8 are no answer")
  func encoding() {
    let outcome = reading.outcome(.success(HTTPResponse(status: 200, body: [0x22, 0xff, 0x22])), keys: [seven])
    #expect(reading.text(outcome) == ["the answer is no JSON: it is not UTF-8"])
  }

  @Test("escapes of JSON are resolved, beyond the basic plane too")
  func escapes() {
    let answer = #"{"source":"192.0.2.7","routes":[{"engines":["\u00e9\ud83d\ude00\/\\\"\n\t\b\f\r"]}]}"#
    #expect(lines(answer, [seven]) == ["192.0.2.7/0: [] é😀/\\\"\n\t\u{8}\u{c}\r"])
  }

  @Test(
    "times have a unit, and seven days are the most",
    arguments: [
      ("0s", 0), ("250ms", 0), ("1500ms", 1), ("300s", 300), ("5m", 300), ("1h", 3600), ("7d", 604_800), ("8d", 604_800),
      ("99999999999999999999999h", 604_800),
    ])
  func times(text: String, seconds: UInt64) {
    let whole = #"{"request":"7","ttl":"\#(text)","answers":[{"source":"192.0.2.7","refused":true}]}"#
    guard case .answered(let answer) = reading.outcome(whole, keys: [seven]) else {
      Issue.record("no answer")
      return
    }
    #expect(answer.timeToLive! / 1_000_000_000 == seconds)
    #expect(lines(#"{"source":"192.0.2.7","ttl":"\#(text)","refused":true}"#, [seven])[0].hasSuffix("for \(seconds) s"))
  }

  @Test("a time of the whole that cannot be read, and a member that nobody knows, cost no answer")
  func passedOver() {
    let whole = #"{"request":"7","ttl":5,"version":{"a":[1,null]},"answers":[{"source":"192.0.2.7","refused":true}]}"#
    #expect(reading.text(reading.outcome(whole, keys: [seven])) == ["192.0.2.7/0: refused"])
    #expect(
      reading.log.lines == [
        "warning: metadata cmdb: request 7: ttl: expected text, found a number; it is passed over",
        #"warning: metadata cmdb: request 7: "version": no member of an answer; it is passed over"#,
      ])
  }

  @Test("of many mistakes a few are told, and the rest is counted")
  func manyMistakes() {
    let answers = Array(repeating: "{}", count: 5000) + [#"{"source":"192.0.2.7","refused":true}"#]
    #expect(lines(answers.joined(separator: ","), [seven]) == ["192.0.2.7/0: refused"])
    #expect(reading.log.lines.count == 9)
    #expect(reading.log.lines.last == "warning: metadata cmdb: request 7: 4992 more mistakes in the same answer")
  }

  @Test("a service that goes on and on is told of ten times in ten seconds, then how often it was not")
  func throttle() {
    let kept = TestLog()
    let log = HTTPMetadataLog(name: "cmdb", log: kept.logger)
    for number in 0..<25 { log.tell(["mistake"], of: 1, request: UInt64(number), now: 1_000_000_000) }
    #expect(kept.lines.count == 10)
    log.tell(["mistake"], of: 1, request: 99, now: 11_000_000_000)
    #expect(
      kept.lines[10...] == [
        "warning: metadata cmdb: 15 lines like these were not written", "warning: metadata cmdb: request 99: mistake",
      ])
  }

  @Test("Retry-After is read in seconds and as a date, of 429 and 503 alone")
  func retryAfter() {
    func seconds(_ field: String, status: Int = 503) -> UInt64? {
      let response = HTTPResponse(status: status, headers: [("retry-after", field)])
      // 1994-11-06 08:49:30.5
      return HTTPMetadataRetryAfter.nanoseconds(of: response, wall: 784_111_770_500_000_000).map { $0 / 1_000_000_000 }
    }
    #expect(seconds("120") == 120 && seconds("120", status: 429) == 120 && seconds("120", status: 500) == nil)
    #expect(seconds("Sun, 06 Nov 1994 08:49:37 GMT") == 7)
    #expect(seconds("Sun, 06 Nov 1994 08:49:00 GMT") == 0)
    #expect(seconds("Tue, 29 Feb 2028 00:00:00 GMT") == 86400)
    #expect(seconds("99999999999999999999") == 86400)
    #expect(seconds("-5") == nil && seconds("soon") == nil && seconds("") == nil)
    #expect(seconds("Sun, 06 Foo 1994 08:49:37 GMT") == nil && seconds("Sun, 06 Nov 1994 08:61:37 GMT") == nil)
  }

  @Test("a hundred keys of ten routes each are read in a time that nobody notices; programs are shared")
  func speed() {
    let keys = (0..<100).map { HTTPMetadataReading.key("192.0.2.\($0)") }
    let answers = (0..<100).map { number in
      let routes = (0..<10).map {
        #"{"trap":"1.3.6.1.4.1.9.\#($0)","version":["2c"],"engines":["alarms","archive"],"attributes":{"site":"LHR\#(number % 4)"}}"#
      }
      return #"{"source":"192.0.2.\#(number)","routes":[\#(routes.joined(separator: ","))]}"#
    }
    let whole = #"{"request":"7","answers":["# + answers.joined(separator: ",") + "]}"
    let began = ContinuousClock.now
    let outcome = reading.outcome(whole, keys: keys)
    print("read \(whole.utf8.count) octets, 100 keys of 10 routes, in \(ContinuousClock.now - began)")
    guard case .answered(let answer) = outcome else {
      Issue.record("no answer")
      return
    }
    let programs = answer.items.compactMap { item -> Swift.ObjectIdentifier? in
      guard case .program(let program) = item.verdict else { return nil }
      return Swift.ObjectIdentifier(program)
    }
    #expect(programs.count == 100 && Set(programs).count == 4)
  }
}
