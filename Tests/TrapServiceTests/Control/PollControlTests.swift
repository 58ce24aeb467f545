import Testing
import TrapControl

@testable import TrapService

@Suite("Who may poll, and with which credentials")
struct PollControlTests {
  private static let limited = ControlBench.configuration.replacing(
    "secret=\"env:OTHER\"", with: "secret=\"env:OTHER\" engines=\"pager\"")

  /// The bench polls nobody: whoever may ask is told so.
  private func status(_ caller: ControlCaller, credentials: String?) async throws -> Int {
    let bench = try ControlBench(text: Self.limited)
    var request = PollRequest(agent: "192.0.2.7", oids: ["1.3.6.1.2.1.1.3.0"])
    request.credentials = credentials
    do throws(ControlProblem) {
      _ = try await bench.control.poll([PollRequest(agent: "192.0.2.7", oids: ["1.3"]), request], by: caller)
      return 200
    } catch {
      if error.status == 403 { #expect(error.detail.contains("requests[1].credentials")) }
      return error.status
    }
  }

  @Test("a token that is limited to engines asks with what metadata knows, and names no credentials")
  func limited() async throws {
    #expect(try await status(.token("other"), credentials: "routers") == 403)
    #expect(try await status(.token("other"), credentials: nil) == 503)
    #expect(try await status(.token("guest"), credentials: "routers") == 503)
    #expect(try await status(.token("boss"), credentials: "routers") == 503)
  }

  @Test("without a token nobody polls, not even from this machine")
  func noToken() async throws {
    for caller in [.local, .token("stranger")] as [ControlCaller] {
      #expect(try await status(caller, credentials: nil) == 401)
    }
  }
}
