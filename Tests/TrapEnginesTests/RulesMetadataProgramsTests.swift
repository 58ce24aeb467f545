import Testing
import TrapBatching
import TrapClassification

@testable import TrapEngines

@Suite("The programs of rules")
struct RulesMetadataProgramsTests {
  @Test("Equal routes share one program, and it goes when nobody uses it any more")
  func weak() {
    let programs = RulesMetadataPrograms()
    let table = RouteSetTable()
    let routes = [Route(to: table.handle(of: RouteSet(engines: ["1"])))]
    var kept: [RoutingProgram] = [programs.program(of: routes), programs.program(of: routes)]
    #expect(kept[0] === kept[1])
    for number in 2..<5000 {
      _ = programs.program(of: [Route(to: table.handle(of: RouteSet(engines: ["\(number)"])))])
    }
    #expect(programs.count == 1)
    kept = []
    #expect(programs.count == 0)
  }
}
