import Foundation
import Testing

@testable import TrapControl

@Suite("Requests to agents and their answers as JSON")
struct PollTests {
  @Test("a request needs an agent and OIDs, and everything else may be left out")
  func reading() throws {
    let text = #"{"requests":[{"agent":"192.0.2.7","oids":["1.3.6.1"]},{"agent":"::1","oids":[],"operation":"walk"}]}"#
    let requests = try JSONDecoder().decode(PollBody.self, from: Data(text.utf8)).requests
    #expect(requests[0] == PollRequest(agent: "192.0.2.7", oids: ["1.3.6.1"]))
    #expect(requests[1].operation == .walk)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(PollBody.self, from: Data(#"{"requests":[{"agent":"192.0.2.7"}]}"#.utf8))
    }
  }

  @Test("an agent is an address with or without a port")
  func targets() {
    let good: [(String, String, UInt16)] = [
      ("192.0.2.7", "192.0.2.7", 161), ("192.0.2.7:1161", "192.0.2.7", 1161), ("2001:db8::7", "2001:db8::7", 161),
      ("[2001:db8::7]", "2001:db8::7", 161), ("[2001:db8::7]:99", "2001:db8::7", 99),
    ]
    for (text, host, port) in good {
      let target = PollTarget(text)
      #expect(target?.host == host && target?.port == port, "\(text)")
    }
    for bad in ["", ":161", "192.0.2.7:", "192.0.2.7:0", "192.0.2.7:65536", "192.0.2.7:x", "[::1", "[1.2.3.4]:1"] {
      #expect(PollTarget(bad) == nil, "\(bad)")
    }
  }

  @Test(
    "a mistake is told with its place",
    arguments: [
      ("requests[1].agent", #"{"agent":"a:b","oids":["1.3"]}"#),
      ("requests[1].oids has", #"{"agent":"::1","oids":[]}"#),
      ("requests[1].oids[1]", #"{"agent":"::1","oids":["1.3","sysUpTime"]}"#),
      ("requests[1].oids[0]", #"{"agent":"::1","oids":["1.40.1"]}"#),
      ("requests[1].retries", #"{"agent":"::1","oids":["1.3"],"retries":11}"#),
      ("requests[1].timeout", #"{"agent":"::1","oids":["1.3"],"timeout":"61s"}"#),
      ("requests[1].timeout", #"{"agent":"::1","oids":["1.3"],"timeout":"2"}"#),
      ("requests[1].limit", #"{"agent":"::1","oids":["1.3"],"limit":9}"#),
      ("requests[1].limit", #"{"agent":"::1","oids":["1.3"],"operation":"walk","limit":0}"#),
      ("requests[1].nonRepeaters", #"{"agent":"::1","oids":["1.3"],"operation":"getbulk","nonRepeaters":2}"#),
      ("requests[1].maxRepetitions", #"{"agent":"::1","oids":["1.3"],"operation":"getnext","maxRepetitions":2}"#),
    ])
  func mistakes(place: String, request: String) throws {
    let wrong = try JSONDecoder().decode(PollRequest.self, from: Data(request.utf8))
    let right = PollRequest(agent: "192.0.2.7", oids: [".1.3.6"])
    let problem = #expect(throws: ControlProblem.self) { try PollRequest.check([right, wrong]) }
    #expect(problem?.status == 400 && problem?.detail.hasPrefix(place) == true, "\(String(describing: problem))")
  }

  @Test("an operation that is not known is told with those that are")
  func strangeOperation() throws {
    let request = Data(#"{"agent":"::1","oids":["1.3"],"operation":"set"}"#.utf8)
    let error = #expect(throws: DecodingError.self) { try JSONDecoder().decode(PollRequest.self, from: request) }
    guard case .dataCorrupted(let context) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(context.codingPath.map(\.stringValue) == ["operation"])
    #expect(context.debugDescription == "\"set\" is not known; send one of get, getnext, getbulk, walk")
  }

  @Test("a call has 1 to 1000 requests")
  func count() throws {
    let request = PollRequest(agent: "192.0.2.7", oids: ["1.3"])
    try PollRequest.check(Array(repeating: request, count: 1000))
    #expect(throws: ControlProblem.self) { try PollRequest.check([]) }
    #expect(throws: ControlProblem.self) { try PollRequest.check(Array(repeating: request, count: 1001)) }
  }

  @Test(
    "every kind of value survives JSON",
    arguments: [
      ("Integer32", PollVarbind.Value.signed(-5)), ("Counter64", .unsigned(.max)), ("Double", .number(1.5)),
      ("OctetString", .text("Gi0/0/7")), ("OctetString", .octets([0, 255])), ("noSuchObject", .none),
    ])
  func values(type: String, value: PollVarbind.Value) throws {
    let varbind = PollVarbind(oid: "1.3.6.1", type: type, value: value)
    let encoded = try JSONEncoder().encode(varbind)
    #expect(try JSONDecoder().decode(PollVarbind.self, from: encoded) == varbind)
    if value == .octets([0, 255]) { #expect(String(decoding: encoded, as: UTF8.self).contains(#""hex":"00ff""#)) }
  }
}
