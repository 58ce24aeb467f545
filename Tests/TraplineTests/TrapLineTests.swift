internal import Foundation
internal import Testing

@testable internal import trapline

@Suite("Lines of tail")
struct TrapLineTests {
  private static let trap = #"""
    {"sequence":1,"received":"2026-11-21T03:20:11.123456Z","listener":"main","source":"192.0.2.7","port":1,\#
    "agent":"192.0.2.9","version":"2c","pdu":"inform","trap":{"oid":"1.3.6.1.6.3.1.1.5.3"},"varbinds":[\#
    {"oid":"1.3.6.1.2.1.2.2.1.1.7","type":"Integer32","value":-7},\#
    {"oid":"1.3.6.1.2.1.31.1.1.1.6.7","type":"Counter64","value":18446744073709551615},\#
    {"oid":"1.3.6.1.4.1.9.1","type":"OctetString","hex":"0a1b"},\#
    {"oid":"1.3.6.1.4.1.9.2","type":"OctetString","value":"up\n\u001b[2Jdown"},\#
    {"oid":"1.3.6.1.4.1.9.3","type":"noSuchObject","value":null}],"attributes":{"site":"LHR2"}}
    """#

  private func line(_ json: String, width: Int? = nil, color: Bool = false) throws -> String {
    try JSONDecoder().decode(TrapRecord.self, from: Data(json.utf8)).line.text(Paint(isOn: color), width: width)
  }

  @Test("a trap is told with its name, its attributes and its varbinds, and nothing in it steers the terminal")
  func whole() throws {
    let expected =
      "03:20:11.123Z  192.0.2.7 for 192.0.2.9  linkDown  inform  site=LHR2  mib-2.2.2.1.1.7=-7  "
      + "mib-2.31.1.1.1.6.7=18446744073709551615  enterprises.9.1=0x0a1b  "
      + "enterprises.9.2=up\\n\\u{1b}[2Jdown  enterprises.9.3=null"
    let told = try line(TrapLineTests.trap)
    #expect(told == expected)
  }

  @Test("a line is as wide as the terminal at most, colours not counted", arguments: [1, 2, 40, 41, 42, 80, 1000])
  func width(_ width: Int) throws {
    let plain = try line(TrapLineTests.trap, width: width)
    let colored = try line(TrapLineTests.trap, width: width, color: true)
    #expect(plain.count <= width)
    #expect(colored.replacing(/\u{1b}\[[0-9]+m/, with: "") == plain)
  }

  @Test("a gap says how many, which and why")
  func gap() throws {
    let json = #"""
      {"missed":{"count":1200,"first":5,"last":1300,"from":"2026-11-21T03:20:12.000071Z",\#
      "until":"2026-11-21T03:20:12.871002Z","cause":"bound"}}
      """#
    let told = try line(json)
    #expect(told == "03:20:12.871Z  MISSED 1,200 traps (bound): 5 to 1300, from 03:20:12.000Z")
  }

  @Test(
    "of an SNMPv3 trap the user and the engine are told, and whether nobody verified them",
    arguments: [
      (#""user":"noc","level":"authPriv","verified":true"#, "user=noc@80000000aa"),
      (#""user":"noc","level":"noAuthNoPriv","verified":false"#, "user=noc@80000000aa  unverified"),
      (#""userHex":"ff00","level":"authNoPriv","verified":false"#, "user=0xff00@80000000aa  unverified"),
    ])
  func versionThree(members: String, expected: String) throws {
    let json = #"""
      {"sequence":1,"received":"2026-11-21T03:20:11.1Z","source":"192.0.2.7","agent":"192.0.2.7","version":"3",\#
      "pdu":"trap","odd":"v1-trap-in-v3","engineID":"80000000aa",\#(members),\#
      "trap":{"oid":"1.3.6.1.6.3.1.1.5.1"},"varbinds":[]}
      """#
    let told = try line(json)
    #expect(told == "03:20:11.1Z  192.0.2.7  coldStart  v1-trap-in-v3  " + expected)
  }

  @Test("a trap that cannot be decoded shows why")
  func undecoded() throws {
    let json = #"{"sequence":1,"received":"2026-11-21T03:20:11.1Z","source":"::1","agent":"::1","error":"no varbinds"}"#
    let told = try line(json)
    #expect(told == "03:20:11.1Z  ::1  not decoded  no varbinds")
  }
}
