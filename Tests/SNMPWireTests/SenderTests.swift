import SNMPWire
import Testing

@Suite("Datagrams of real senders")
struct SenderTests {
  @Test("a v1 linkDown reads as its v2 trap, with the fields of the Trap-PDU")
  func linkDownV1() throws {
    let octets = SenderDatagrams.linkDownV1
    let reading = try #require(Reading(octets))
    #expect(reading.version == "1")
    #expect(reading.kind == .trapV1)
    #expect(reading.community == "public")
    #expect(reading.trapOID == "1.3.6.1.6.3.1.1.5.3")
    #expect(reading.uptime == 123456)
    #expect(reading.requestID == nil)
    #expect(
      reading.varbinds == [
        "1.3.6.1.2.1.2.2.1.1.7 Integer32 7", "1.3.6.1.2.1.2.2.1.2.7 OctetString 4769302f302f37",
      ])
    let decoder = try NotificationDecoder(octets.span, peek: try TrapPeek.read(octets.span))
    #expect(decoder.agentAddress == 0xC000_0207)
    #expect(decoder.generic == 2)
    #expect(decoder.specific == 0)
    let enterprise = try #require(decoder.enterprise)
    #expect(Reading.oidText(octets, enterprise) == "1.3.6.1.4.1.9.1.1")
  }

  @Test("a v1 enterprise trap is enterprise.0.specific, and 2^32-1 ticks stay that")
  func enterpriseSpecificV1() throws {
    let reading = try #require(Reading(SenderDatagrams.enterpriseSpecificV1))
    #expect(reading.community == "noc")
    #expect(reading.trapOID == "1.3.6.1.4.1.8072.3.2.10.0.99")
    #expect(reading.uptime == 4_294_967_295)
  }

  @Test("a v1 trap of generic 7 with an empty community and no varbinds is read")
  func generic7V1() throws {
    let reading = try #require(Reading(SenderDatagrams.generic7V1))
    #expect(reading.community == "")
    #expect(reading.trapOID == "1.3.6.1.4.1.8072.0.5")
    #expect(reading.varbinds == [])
  }

  @Test("a v2c coldStart has only the two header varbinds")
  func coldStart() throws {
    let reading = try #require(Reading(SenderDatagrams.coldStartV2c))
    #expect(reading.version == "2c")
    #expect(reading.kind == .trapV2)
    #expect(reading.trapOID == "1.3.6.1.6.3.1.1.5.1")
    #expect(reading.uptime == 42)
    #expect(reading.varbinds == [])
  }

  @Test("every value type that snmptrap can send is read with its value")
  func everyType() throws {
    let reading = try #require(Reading(SenderDatagrams.everyType))
    #expect(reading.uptime == 66051)
    let values = reading.varbinds.map { $0.split(separator: " ", maxSplits: 1).last.map(String.init) ?? "" }
    #expect(
      values == [
        "Integer32 -2147483648", "Integer32 0", "Gauge32 4294967295", "Counter32 4000000000",
        "OctetString 4769302f302f37", "OctetString ", "OctetString 00ff80", "OctetString 010203", "Null ",
        "ObjectIdentifier 1.3.6.1.4.1.4294967295.0", "ObjectIdentifier 2.999.1", "ObjectIdentifier 0.0",
        "TimeTicks 255", "IpAddress cb007105", "OctetString 9040", "Counter64 18446744073709551615", "Counter64 1",
        "Float 1.5", "Double -0.1",
      ])
    #expect(reading.varbinds[18].hasPrefix("1.3.6.1.4.1.8072.9999.9999.19 "))
  }

  @Test("an inform has its kind and its request ID")
  func inform() throws {
    let reading = try #require(Reading(SenderDatagrams.inform))
    #expect(reading.kind == .inform)
    #expect(reading.requestID == 0x2311_3E09)
    #expect(reading.varbinds == ["1.3.6.1.4.1.8072.9999.9999.1 Gauge32 1"])
  }

  @Test("an Opaque that wraps something other than a float stays Opaque")
  func unsigned64() throws {
    let reading = try #require(Reading(SenderDatagrams.informWithUnsigned64))
    #expect(reading.varbinds == ["1.3.6.1.4.1.8072.9999.9999.1 Opaque 9f7b0101"])
  }
}
