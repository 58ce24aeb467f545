import Testing

@testable import TrapService

@Suite("The log on standard error")
struct StandardErrorLogTests {
  @Test("Control characters from outside can neither steer a terminal nor forge a line")
  func printable() {
    #expect(StandardErrorLog.printable("a\u{1b}[2Jb\n<3>forged\u{7f}") == "a\u{FFFD}[2Jb\u{FFFD}<3>forged\u{FFFD}")
    #expect(StandardErrorLog.printable("Zürich → Genève") == "Zürich → Genève")
  }
}
