import Foundation
import Testing
import TrapBatching
import TrapControl
import TrapDispatch
import TrapEngines

@testable import TrapService

@Suite("Registrations and who may use them")
struct RegistrationControlTests {
  private static let guest = ControlCaller.token("guest")
  private static let other = ControlCaller.token("other")

  private func status(_ ask: () async throws -> Void) async -> Int? {
    do { try await ask() } catch { return (error as? ControlProblem)?.status }
    return nil
  }

  @Test("a token with a filter reads nothing that did not go through its filter")
  func filter() async throws {
    let bench = try ControlBench()
    try await bench.register("noc", by: Self.other)
    #expect(await status { _ = try await bench.control.nextBatch("noc", wait: 0, by: Self.guest) } == 403)
    #expect(await status { _ = try await bench.control.nextBatch("pager", wait: 0, by: Self.guest) } == 403)
    // Taking the registration over would give it the traps that are queued already.
    #expect(await status { try await bench.register("noc", by: Self.guest) } == 409)
    #expect(await status { _ = try await bench.control.nextBatch("noc", wait: 0, by: Self.guest) } == 403)
    try await bench.register("mine", by: Self.guest)
    try await bench.register("mine", by: Self.guest)
    #expect(await status { _ = try await bench.control.nextBatch("mine", wait: 0, by: Self.guest) } == nil)
    #expect(await status { _ = try await bench.control.nextBatch("noc", wait: 0, by: Self.other) } == nil)
    #expect(await status { _ = try await bench.control.nextBatch("noc", wait: 0, by: .local) } == nil)
  }

  @Test("what cannot be restored stays in the file, and goes with DELETE")
  func stranded() async throws {
    let first = try ControlBench()
    for name in ["a", "b"] { try await first.register(name) { $0.persist = true } }
    try await first.register("c", by: Self.other) { $0.persist = true }
    try await first.register("d") {
      $0.persist = true
      $0.subscribe = [TrapSelection(listener: ["lab"])]
    }
    let text = ControlBench.configuration.replacing("name=\"other\"", with: "name=\"another\"")
      .replacing("name=\"lab\"", with: "name=\"office\"")
    let second = try ControlBench(directory: first.directory, text: text)
    second.control.restore()
    #expect(second.registry.all.keys.sorted() == ["a", "b", "pager"])
    #expect(second.kept == ["a", "b", "c", "d"])
    try await second.register("e") { $0.persist = true }
    #expect(second.kept == ["a", "b", "c", "d", "e"])
    try await second.control.unregister("c", by: .local)
    try await second.register("d")
    #expect(second.kept == ["a", "b", "e"])

    let more = text.replacing("<pull", with: "<discard name=\"a\"/><pull")
    let third = try ControlBench(directory: first.directory, text: more)
    third.control.restore()
    #expect(third.kept == ["a", "b", "e"])
    try await third.control.unregister("a", by: .local)
    #expect(third.kept == ["b", "e"] && third.registry["a"] != nil)
  }

  @Test("a file of registrations that cannot be read is not written over")
  func unreadable() async throws {
    let bench = try ControlBench()
    let path = bench.directory.appending(path: "registrations.json")
    try Data("{\"a\": ".utf8).write(to: path)
    bench.control.restore()
    try await bench.register("b") { $0.persist = true }
    #expect(bench.kept == ["b"])
    let aside = try Data(contentsOf: bench.directory.appending(path: "registrations.json.unreadable"))
    #expect(String(decoding: aside, as: UTF8.self) == "{\"a\": ")
  }

  @Test("an engine that a reload takes out fetches and acknowledges until it is drained")
  func drains() async throws {
    let bench = try ControlBench()
    bench.route(to: "pager")
    bench.route(to: "pager")
    let lent = try #require(try await bench.control.nextBatch("pager", wait: 0, by: .local))
    bench.registry.leave("pager", now: SystemClock.monotonic())
    bench.turn()
    // One of the same name would answer for the batches in its place.
    let (engine, bounds) = (bench.file.configuration.engines[0], bench.file.limits.engines[0])
    let (terms, log) = (bench.control.parts.terms, bench.control.parts.log)
    #expect(throws: StartFailure.self) {
      try bench.registry.join(engine, bounds, terms: terms, security: bench.security, log: log)
    }
    try await bench.control.acknowledge("pager", batch: lent.id, .done, by: .local)
    bench.turn()
    let rest = try #require(try await bench.control.nextBatch("pager", wait: 0, by: .local))
    try await bench.control.acknowledge("pager", batch: rest.id, .done, by: .local)
    bench.turn()
    bench.turn()
    #expect(bench.registry.atWork.isEmpty)
    #expect(await status { _ = try await bench.control.nextBatch("pager", wait: 0, by: .local) } == 404)
  }

  @Test("whoever ends a registration fetches nothing more, and may begin it anew")
  func anew() async throws {
    let bench = try ControlBench()
    try await bench.register("noc")
    bench.route(to: "noc")
    try await bench.control.unregister("noc", by: .local)
    #expect(await status { _ = try await bench.control.nextBatch("noc", wait: 0, by: .local) } == 404)
    bench.turn()
    try await bench.register("noc")
    let batch = try await bench.control.nextBatch("noc", wait: 0, by: .local)
    #expect(batch == nil)
  }
}
