import Testing
import TrapBatching
import TrapClassification
import TrapHTTP

@testable import TrapEngines

@Suite("Metadata over HTTP: answers as a whole")
struct HTTPMetadataAnswerTests {
  private let reading = HTTPMetadataReading()
  private let seven = HTTPMetadataReading.key("192.0.2.7")

  private func lines(_ answers: String, _ keys: [MetadataKey]) -> [String] {
    reading.text(reading.outcome(#"{"request":"7","answers":["# + answers + "]}", keys: keys))
  }

  static let wholes: [(String, String)] = [
    ("", "the answer is no JSON: octet 0: it ends too early"),
    ("<html>", #"the answer is no JSON: octet 0: no value begins with "<""#),
    (#"{"request":"7","answers":[]"#, "the answer is no JSON: octet 27: it ends too early"),
    (#"{"request":"7","answers":[]}x"#, "the answer is no JSON: octet 28: more after the end"),
    (#"{"request":"7","answers":[01]}"#, "the answer is no JSON: answers[0]: octet 26: no number of JSON"),
    (
      #"{"request":"7","answers":["\ud800"]}"#,
      "the answer is no JSON: answers[0]: octet 33: half a pair of surrogates"
    ),
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
      ("0s", 0), ("250ms", 0), ("1500ms", 1), ("300s", 300), ("5m", 300), ("1h", 3600), ("7d", 604_800),
      ("8d", 604_800), ("99999999999999999999999h", 604_800),
    ])
  func times(text: String, seconds: UInt64) {
    let whole = #"{"request":"7","ttl":"\#(text)","answers":[{"source":"192.0.2.7","refused":true}]}"#
    guard case .answered(let answer) = reading.outcome(whole, keys: [seven]) else {
      Issue.record("no answer")
      return
    }
    #expect(answer.timeToLive! / 1_000_000_000 == seconds)
    let own = reading.outcome(
      #"{"request":"7","answers":[{"source":"192.0.2.7","ttl":"\#(text)","refused":true}]}"#, keys: [seven])
    #expect(reading.text(own) == ["192.0.2.7/0: refused for \(seconds) s"])
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
    let wrong = Array(repeating: #"{"routes":[{"trap":1}]}"#, count: 5000)
    let answers = wrong + [#"{"source":"192.0.2.7","refused":true}"#]
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

  @Test(
    "of an error the first words are told, of another success none, and Retry-After of 429 and 503 alone",
    arguments: [
      (429, "120", "status 429: \"too??many\" (again after 120 s)"),
      (503, "0", "status 503: \"too??many\" (again after 0 s)"),
      (503, "Sun, 06 Nov 1994 08:49:37 GMT", "status 503: \"too??many\" (again after 0 s)"),
      (503, "soon", "status 503: \"too??many\""), (500, "120", "status 500: \"too??many\""),
      (204, "120", "status 204"), (301, "120", "status 301: \"too??many\""),
    ])
  func status(status: Int, retryAfter: String, reason: String) {
    let response = HTTPResponse(
      status: status, headers: [("retry-after", retryAfter)], body: Array("too\r\nmany".utf8))
    #expect(reading.text(reading.outcome(.success(response), keys: [seven])) == [reason])
  }

  @Test("a hundred keys of ten routes each are read in a time that nobody notices; programs are shared")
  func speed() {
    let keys = (0..<100).map { HTTPMetadataReading.key("192.0.2.\($0)") }
    let answers = (0..<100).map { number in
      let routes = (0..<10).map {
        #"{"trap":"1.3.6.1.4.1.9.\#($0)","version":["2c"],"engines":["alarms","archive"],"#
          + #""attributes":{"site":"LHR\#(number % 4)"}}"#
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
