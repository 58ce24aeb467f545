import Foundation
import SNMPWire
import Testing
import TrapBatching
import TrapDispatch
import TrapLedger

@testable import TrapEngines

@Suite("A trap as JSON")
struct TrapJSONTests {
  @Test("a linkDown trap is exactly the documented line")
  func linkDown() {
    let batch = TestBatch.make([Fixtures.datagrams[0]], attributes: [TrapAttribute(name: "site", value: "LHR\"2\n")])
    let expected = """
      {"sequence":4294967303,"received":"2026-11-21T03:20:11.123456Z","listener":"main","source":"192.0.2.7",\
      "port":50211,"agent":"192.0.2.7","version":"2c","pdu":"trap","trap":{"oid":"1.3.6.1.6.3.1.1.5.3"},\
      "uptime":66051,"varbinds":[{"oid":"1.3.6.1.2.1.2.2.1.1.7","type":"Integer32","value":7},\
      {"oid":"1.3.6.1.2.1.2.2.1.7.7","type":"Integer32","value":2},\
      {"oid":"1.3.6.1.2.1.2.2.1.8.7","type":"Integer32","value":-2},\
      {"oid":"1.3.6.1.2.1.2.2.1.2.7","type":"OctetString","value":"Gi0/0/7"}],\
      "attributes":{"site":"LHR\\"2\\u000a"}}\n
      """
    #expect(String(decoding: TestBatch.json(batch), as: UTF8.self) == expected)
  }

  @Test("every type reads back as what snmptrap was told to send")
  func everyType() throws {
    let object = try #require(try TestBatch.objects(TestBatch.json(TestBatch.make([Fixtures.datagrams[1]]))).first)
    let varbinds = try #require(object["varbinds"] as? [[String: Any]])
    #expect(object["uptime"] as? UInt32 == .max)
    #expect(
      varbinds.compactMap { $0["type"] as? String } == [
        "Integer32", "Gauge32", "Counter32", "Counter64", "TimeTicks", "IpAddress", "ObjectIdentifier", "OctetString",
        "Float", "Double", "OctetString", "OctetString", "OctetString", "OctetString", "Null", "OctetString", "Opaque",
        "Opaque",
      ])
    #expect(varbinds[0]["value"] as? Int == -2_147_483_648)
    #expect(varbinds[1]["value"] as? UInt32 == .max)
    #expect(varbinds[3]["value"] as? UInt64 == .max)
    #expect(varbinds[5]["value"] as? String == "192.0.2.7")
    #expect(varbinds[6]["value"] as? String == "1.3.6.1.4.1.8072.3.2.10")
    #expect(varbinds[7]["hex"] as? String == "00ff0a1b" && varbinds[7]["value"] == nil)
    #expect(varbinds[8]["value"] as? Double == 1.5 && varbinds[9]["value"] as? Double == -2.25)
    #expect(varbinds[10]["value"] as? String == "")
    #expect(varbinds[11]["value"] as? String == #"say "hi" \ back"#)
    #expect(varbinds[12]["value"] as? String == "line\nnext\ttab")
    #expect(varbinds[13]["value"] as? String == "güé")
    #expect(varbinds[14]["value"] is NSNull)
    #expect(varbinds[16]["hex"] as? String == "9f7b0105")
  }

  @Test("a Counter64 is text where the configuration wants it")
  func counter64AsText() throws {
    let lines = TestBatch.json(TestBatch.make([Fixtures.datagrams[1]]), options: JSONOptions(counter64AsText: true))
    let varbinds = try #require(try TestBatch.objects(lines)[0]["varbinds"] as? [[String: Any]])
    #expect(varbinds[3]["value"] as? String == "18446744073709551615")
  }

  @Test("a v1 trap has its own fields; the agent is the one that was decided, else the source")
  func versionOne() throws {
    let agent = TrapFindings(agent: SourceAddress("192.0.2.9")!)
    let batch = TestBatch.make([Fixtures.datagrams[2], Fixtures.datagrams[3]], findings: [agent, TrapFindings()])
    let objects = try TestBatch.objects(TestBatch.json(batch, options: JSONOptions(communities: true)))
    #expect(objects[0]["agent"] as? String == "192.0.2.9" && objects[1]["agent"] as? String == "192.0.2.7")
    #expect(objects[0]["enterprise"] as? String == "1.3.6.1.4.1.8072.9999")
    #expect(objects[0]["generic"] as? Int == 6 && objects[0]["specific"] as? Int == 17)
    #expect(objects[0]["community"] as? String == "public")
    #expect((objects[0]["trap"] as? [String: String])?["oid"] == "1.3.6.1.4.1.8072.9999.0.17")
    #expect((objects[1]["trap"] as? [String: String])?["oid"] == "1.3.6.1.6.3.1.1.5.3")
    #expect(!String(decoding: TestBatch.json(batch), as: UTF8.self).contains("public"))
  }

  @Test("an inform says so and has its request ID")
  func inform() throws {
    let object = try TestBatch.objects(TestBatch.json(TestBatch.make([Fixtures.datagrams[4]], source: "2001:db8::7")))[
      0]
    #expect(object["pdu"] as? String == "inform" && object["requestID"] as? Int == 0x2fdfbbc6)
    #expect(object["source"] as? String == "2001:db8::7")
  }

  @Test("an SNMPv3 message says whose it claims to be, and that nobody verified it; encrypted, it has no more")
  func versionThree() throws {
    let lines = TestBatch.json(TestBatch.make(Fixtures.version3))
    let objects = try TestBatch.objects(lines)
    #expect(objects.compactMap { $0["level"] as? String } == ["noAuthNoPriv", "authNoPriv", "authPriv"])
    #expect(objects.allSatisfy { $0["verified"] as? Bool == false && $0["user"] as? String == "noc" })
    #expect(String(decoding: lines, as: UTF8.self).contains(#","level":"authPriv","verified":false,"error":"#))
    #expect(objects[0]["context"] as? String == "edge" && objects[0]["engineID"] as? String == "8000000001020304")
    #expect(objects[0]["raw"] == nil && objects[1]["raw"] != nil && objects[2]["raw"] != nil)
    let linkDown = "1.3.6.1.6.3.1.1.5.3"
    #expect(objects.map { ($0["trap"] as? [String: String])?["oid"] } == [linkDown, linkDown, nil])
    #expect((objects[2]["error"] as? String)?.hasPrefix("scoped PDU is encrypted") == true)
    #expect(["pdu", "context", "varbinds"].allSatisfy { objects[2][$0] == nil && objects[1][$0] != nil })
    #expect(!String(decoding: TestBatch.json(TestBatch.make(Fixtures.datagrams)), as: UTF8.self).contains("verified"))
  }

  @Test("what was verified says so and has no octets to verify again; claimed, it has them", arguments: 0..<2)
  func verified(index: Int) throws {
    let claimed = try TestBatch.objects(TestBatch.json(TestBatch.make([Fixtures.version3[index]])))[0]
    let marks = TrapFindings(marks: .verified)
    var object = try TestBatch.objects(TestBatch.json(TestBatch.make([Fixtures.version3[index]], findings: [marks])))[0]
    #expect(object["verified"] as? Bool == true && object["raw"] == nil)
    #expect(object["contextEngineID"] as? String == "80001f88805b570d0a512d016b00000000")
    object["verified"] = false
    object["raw"] = claimed["raw"]
    #expect(NSDictionary(dictionary: object) == NSDictionary(dictionary: claimed))
  }

  @Test("a decrypted message has its varbinds and its context, and no raw")
  func decrypted() throws {
    let findings = TrapFindings(marks: [.verified, .decrypted])
    let lines = TestBatch.json(TestBatch.make([try Fixtures.decrypted()], findings: [findings]))
    let object = try TestBatch.objects(lines)[0]
    #expect(object["level"] as? String == "authPriv" && object["verified"] as? Bool == true)
    #expect(object["pdu"] as? String == "trap" && object["context"] as? String == "edge")
    #expect((object["trap"] as? [String: String])?["oid"] == "1.3.6.1.6.3.1.1.5.3")
    let plain = try TestBatch.objects(TestBatch.json(TestBatch.make([Fixtures.version3[0]])))[0]
    #expect(object["varbinds"] as? NSArray == plain["varbinds"] as? NSArray && object["varbinds"] != nil)
    #expect(["raw", "error", "decrypted"].allSatisfy { object[$0] == nil })
  }

  @Test("where a decrypted PDU cannot be decoded, raw is told to be no longer what was received")
  func decryptedUndecodable() throws {
    let scopedPDU: [UInt8] = [0x30, 12, 4, 2, 0xAA, 0xBB, 4, 0, 0xA7, 4, 2, 1, 1, 9]
    let octets = try Fixtures.decrypted(scopedPDU)
    let findings = TrapFindings(marks: [.verified, .decrypted])
    let object = try TestBatch.objects(TestBatch.json(TestBatch.make([octets], findings: [findings])))[0]
    #expect(object["decrypted"] as? Bool == true && object["error"] != nil && object["verified"] as? Bool == true)
    #expect(Data(base64Encoded: try #require(object["raw"] as? String)).map(Array.init) == octets)
    #expect(object["contextEngineID"] as? String == "aabb")
  }

  @Test(
    "a PDU of another version than the message's is decoded and marked",
    arguments: [(2, 1, "v1-trap-in-v2c"), (0, 0, "v2-trap-in-v1"), (4, 0, "inform-in-v1"), (0, 1, nil), (2, 0, nil)]
      as [(Int, UInt8, String?)])
  func odd(index: Int, version: UInt8, expected: String?) throws {
    var octets = Fixtures.datagrams[index]
    let place = 4 + (octets[1] < 0x80 ? 0 : Int(octets[1] & 0x7F))
    octets[place] = version
    let object = try TestBatch.objects(TestBatch.json(TestBatch.make([octets])))[0]
    #expect(object["odd"] as? String == expected)
    #expect(object["varbinds"] != nil && object["trap"] != nil && object["error"] == nil)
  }

  @Test("a v1 Trap-PDU inside of SNMPv3 is decoded and marked")
  func oddInVersionThree() throws {
    let v1 = Fixtures.datagrams[2]
    let peek = try TrapPeek.read(v1.span)
    var scoped = BERWriter()
    scoped.sequence { scoped in
      scoped.octetString([0x80, 0, 0, 0, 1])
      scoped.octetString([])
      scoped.raw(v1[peek.pduTag...])
    }
    let findings = TrapFindings(marks: [.verified, .decrypted])
    let batch = TestBatch.make([try Fixtures.decrypted(scoped.octets)], findings: [findings])
    let object = try TestBatch.objects(TestBatch.json(batch))[0]
    #expect(object["odd"] as? String == "v1-trap-in-v3" && object["user"] as? String == "noc")
    #expect((object["trap"] as? [String: String])?["oid"] == "1.3.6.1.4.1.8072.9999.0.17")
    #expect(object["contextEngineID"] as? String == "8000000001")
  }

  @Test("what came over TLS has its security model, and its security name is the user")
  func transportSecurity() throws {
    var octets = Fixtures.version3[0]
    let header = try #require(octets.indices.first { octets[$0...].starts(with: [4, 1, 0, 2, 1, 3]) })
    (octets[header + 2], octets[header + 5]) = (3, 4)
    let batch = TestBatch.make([octets], findings: [TrapFindings(marks: .verified)])
    let lines = String(decoding: TestBatch.json(batch), as: UTF8.self)
    #expect(lines.contains(#""user":"noc","level":"authPriv","model":"tsm","verified":true,"context":"edge""#))
    #expect(lines.contains("varbinds") && !lines.contains("raw"))
  }

  @Test("an inform tells whether it is answered", arguments: [true, false])
  func answered(isAnswered: Bool) throws {
    let findings = TrapFindings(marks: isAnswered ? .answered : [])
    let batch = TestBatch.make([Fixtures.datagrams[4]], findings: [findings])
    #expect(try TestBatch.objects(TestBatch.json(batch))[0]["answered"] as? Bool == (isAnswered ? true : nil))
  }

  @Test("exceptions have null, reals that are not finite are text; trap and uptime may be missing")
  func rareValues() throws {
    func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
      [tag] + (content.count < 128 ? [] : [0x81]) + [UInt8(content.count)] + content
    }
    let values: [[UInt8]] = [
      [0x80, 0], [0x81, 0], [0x82, 0], [0x44, 7, 0x9F, 0x78, 4, 0x7F, 0xC0, 0, 0],
      [0x44, 7, 0x9F, 0x78, 4, 0x7F, 0x80, 0, 0], [0x44, 11, 0x9F, 0x79, 8, 0xFF, 0xF0, 0, 0, 0, 0, 0, 0],
    ]
    let list = values.flatMap { element(0x30, [6, 2, 0x2B, 6] + $0) }
    let pdu = element(0xA7, [2, 1, 1, 2, 1, 0, 2, 1, 0] + element(0x30, list))
    let octets = element(0x30, [2, 1, 1, 4, 2, 0x61, 0xFF] + pdu)
    let lines = TestBatch.json(TestBatch.make([octets]), options: JSONOptions(communities: true))
    let object = try TestBatch.objects(lines)[0]
    let varbinds = try #require(object["varbinds"] as? [[String: Any]])
    #expect(
      varbinds.compactMap { $0["type"] as? String } == [
        "noSuchObject", "noSuchInstance", "endOfMibView", "Float", "Float", "Double",
      ])
    #expect(varbinds.prefix(3).allSatisfy { $0["value"] is NSNull })
    #expect(varbinds.suffix(3).compactMap { $0["value"] as? String } == ["NaN", "Infinity", "-Infinity"])
    #expect(["trap", "uptime", "error", "raw", "attributes", "community"].allSatisfy { object[$0] == nil })
    #expect(object["communityHex"] as? String == "61ff")
  }

  @Test("a truncated trap is delivered with what is known, the mistake and the octets")
  func truncated() throws {
    let octets = Array(Fixtures.datagrams[0].dropLast(3))
    let object = try TestBatch.objects(TestBatch.json(TestBatch.make([octets])))[0]
    #expect((object["error"] as? String)?.contains("offset") == true)
    #expect(Data(base64Encoded: try #require(object["raw"] as? String)).map(Array.init) == octets)
    #expect((object["trap"] as? [String: String])?["oid"] == "1.3.6.1.6.3.1.1.5.3")
    #expect(object["version"] as? String == "2c" && object["varbinds"] == nil)
  }

  @Test("a gap is its own line")
  func gap() {
    let gap = Gap(
      count: 12, first: 5, last: 20, from: 951_782_400_000_000_000, until: TestBatch.received, cause: .bound)
    let expected = """
      {"missed":{"count":12,"first":5,"last":20,"from":"2000-02-29T00:00:00.000000Z",\
      "until":"2026-11-21T03:20:11.123456Z","cause":"bound"}}\n
      """
    #expect(String(decoding: TestBatch.json(TestBatch.make([], gaps: [gap])), as: UTF8.self) == expected)
  }

  @Test(
    "only printable UTF-8 is text",
    arguments: [
      ([0x61, 0x00], false), ([0x7F], false), ([0xC2, 0x85], false), ([0xC2, 0xA0], true), ([0xC0, 0x80], false),
      ([0xED, 0xA0, 0x80], false), ([0xF0, 0x9F, 0x98, 0x80], true), ([0x1B, 0x5B], false), ([0x0D, 0x0A], true),
      ([0xE2, 0x82], false), ([0xC3, 0xA9, 0x07], false),
    ] as [([UInt8], Bool)])
  func printable(octets: [UInt8], isText: Bool) {
    #expect((Printability(octets.span) != .notText) == isText)
  }

  @Test("every corpus notification, and 100,000 mutated ones, make exactly one valid line each")
  func corpusAndMutations() throws {
    let notifications = (Fixtures.corpus + Fixtures.datagrams).filter { (try? TrapPeek.read($0.span)) != nil }
    #expect(notifications.count >= Fixtures.datagrams.count)
    let corpus = TestBatch.json(TestBatch.make(notifications), options: JSONOptions(communities: true))
    #expect(try TestBatch.objects(corpus).count == notifications.count)
    var random = Random(seed: 42)
    for _ in 0..<100 {
      let mutated = (0..<1000).map { _ in random.mutate(notifications[random.below(notifications.count)]) }
      let lines = TestBatch.json(TestBatch.make(mutated), options: JSONOptions(communities: true))
      #expect(try TestBatch.objects(lines).count == 1000)
    }
    print("\(notifications.count) notifications and 100000 mutations written")
  }
}
