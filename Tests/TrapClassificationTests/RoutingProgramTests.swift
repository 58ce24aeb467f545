import SNMPWire
import Testing
import TrapBatching
import TrapClassification

@Suite("Routing programs")
struct RoutingProgramTests {
  private func route(_ routes: [Route], _ octets: [UInt8]) -> UInt32 {
    var reader = TrapReader()
    reader.begin()
    let number = RoutingProgram(routes: routes).routeSet(of: octets.span, reader: &reader)
    return number == .none ? 0 : UInt32(routeSets.routeSet(number).engines[0])!
  }

  private let routeSets = RouteSetTable()
  private func to(_ name: UInt32) -> RouteSetHandle { routeSets.handle(of: RouteSet(engines: ["\(name)"])) }

  @Test("the first route that matches decides, the default comes last, and without one a trap goes nowhere")
  func firstMatch() {
    let snmpTraps = ObjectIdentifier("1.3.6.1.6.3.1.1.5")!
    let linkDown = ObjectIdentifier("1.3.6.1.6.3.1.1.5.3")!
    let routes = [
      Route(trapPrefix: linkDown, versions: [.v1], to: to(1)),
      Route(trapPrefix: snmpTraps, to: to(2)),
      Route(trapPrefix: linkDown, to: to(3)),
    ]
    #expect(route(routes, TrapMaker.v1(generic: 2, specific: 0)) == 1)
    #expect(route(routes, TrapMaker.v2c()) == 2)
    #expect(route(routes, TrapMaker.v2c([1, 3, 6, 1, 4, 1, 9])) == 0)
    #expect(route(routes + [Route(to: to(9))], TrapMaker.v2c([1, 3, 6, 1, 4, 1, 9])) == 9)
  }

  @Test("a prefix is of whole sub-identifiers, and an SNMPv1 trap has the OID of RFC 3584")
  func prefixes() {
    let specific = ObjectIdentifier("1.3.6.1.4.1.9999.7.0.42")!
    #expect(route([Route(trapPrefix: specific, to: to(1))], TrapMaker.v1(generic: 6, specific: 42)) == 1)
    #expect(route([Route(trapPrefix: specific, to: to(1))], TrapMaker.v1(generic: 6, specific: 43)) == 0)
    let short = ObjectIdentifier("1.3.6.1.4.1.999")!
    #expect(route([Route(trapPrefix: short, to: to(1))], TrapMaker.v1(generic: 6, specific: 42)) == 0)
  }

  @Test("version, community and kind are conditions, all of which must hold")
  func conditions() {
    let community = Array("noc".utf8)
    let noc = [Route(versions: [.v2c], pdus: [.inform], community: community, to: to(1))]
    #expect(route(noc, TrapMaker.v2c(community: "noc", inform: true)) == 1)
    #expect(route(noc, TrapMaker.v2c(community: "noc")) == 0)
    #expect(route(noc, TrapMaker.v2c(community: "nocs", inform: true)) == 0)
    #expect(route(noc, TrapMaker.v1(generic: 0, specific: 0, community: "noc")) == 0)
    let secure = [Route(versions: [.v3], to: to(2)), Route(community: [], to: to(3))]
    #expect(route(secure, TrapMaker.v3(user: "noc")) == 2)
    #expect(route([Route(community: [], to: to(3))], TrapMaker.v3(user: "noc")) == 0)
    #expect(route(secure, TrapMaker.v2c(community: "")) == 3)
  }

  @Test("a program keeps its route sets' numbers in use, and counts their octets, each set once")
  func routeSetsInUse() {
    let attributes = [TrapAttribute(name: "note", value: String(repeating: "x", count: 5000))]
    let set = RouteSet(engines: ["a"], attributes: attributes)
    var program: RoutingProgram? = RoutingProgram(routes: [
      Route(versions: [.v1], to: routeSets.handle(of: set)), Route(to: routeSets.handle(of: set)),
    ])
    #expect(routeSets.reclaim().isEmpty && routeSets.routeSet(program!.constant!) == set)
    #expect((5000..<10_000).contains(program!.pinnedOctets))
    program = nil
    #expect(routeSets.reclaim().count == 1)
  }

  @Test("a program that depends on the key alone has its decision at hand")
  func constants() {
    let prefix = ObjectIdentifier("1.3.6.1")!
    #expect(RoutingProgram(routes: []).constant == RouteSetNumber.none)
    let four = to(4).number
    #expect(RoutingProgram(routes: [Route(to: to(4))]).constant == four)
    let alike = [Route(trapPrefix: prefix, to: to(4)), Route(to: to(4))]
    #expect(RoutingProgram(routes: alike).constant == four)
    #expect(RoutingProgram(routes: alike + [Route(to: to(5))]).constant == four)
    #expect(RoutingProgram(routes: [alike[0], Route(to: to(5))]).constant == nil)
    #expect(RoutingProgram(routes: [alike[0]]).constant == nil)
  }

  @Test("a trap whose OID can't be read goes by the routes that need none")
  func unreadable() {
    let routes = [
      Route(trapPrefix: ObjectIdentifier("1.3.6.1")!, to: to(1)),
      Route(versions: [.v2c], to: to(2)),
    ]
    let cut = Array(TrapMaker.v2c().prefix(30))
    #expect(route(routes, cut) == 2)
  }

  @Test("a key is told by listener, source and, in SNMPv3, engine ID and user; never by the port")
  func keys() {
    var reader = TrapReader()
    func key(_ octets: [UInt8], listener: UInt16 = 0, port: UInt16 = 162) -> MetadataKey {
      let facts = ArrivalFacts(received: 0, source: Bench.source(1), port: port, listener: listener)
      reader.begin()
      return reader.key(facts, octets.span)
    }
    #expect(key(TrapMaker.v2c()) == key(TrapMaker.v1(generic: 0, specific: 0), port: 9))
    #expect(key(TrapMaker.v2c()) != key(TrapMaker.v2c(), listener: 1))
    #expect(key(TrapMaker.v3(user: "a")) != key(TrapMaker.v3(user: "b")))
    #expect(key(TrapMaker.v3(user: "a")) != key(TrapMaker.v3(engine: [0x80, 0, 0, 1, 6], user: "a")))
    #expect(key(TrapMaker.v3(user: "a")).v3?.engineID == [0x80, 0, 0, 1, 5])
    #expect(key(TrapMaker.v3(user: "a")).v3?.userName == [0x61])
    let long = String(repeating: "x", count: 32)
    #expect(key(TrapMaker.v3(user: long)).v3?.userName == Array(long.utf8))
  }
}
