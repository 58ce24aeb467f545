import Foundation
import Glibc
import Testing
import TrapDispatch

@testable import TrapEngines

@Suite("The file engine")
struct FileEngineTests {
  private func open(_ path: String, _ change: (inout FileEngineSettings) -> Void = { _ in }) throws -> FileEngine {
    var settings = FileEngineSettings(name: "archive", path: path)
    change(&settings)
    return try FileEngine.open(settings, log: TestBatch.log())
  }

  private func sequences(_ octets: [UInt8]) throws -> [UInt64] {
    try TestBatch.objects(octets).compactMap { $0["sequence"] as? UInt64 }
  }

  @Test("an acknowledged batch stands in the file, larger ones than its buffer too", arguments: [1, 500])
  func acknowledged(count: Int) throws {
    let directory = try TemporaryDirectory()
    let engine = try open(directory.path + "/traps.json") { $0.sync = .batch }
    #expect(TestBatch.deliver(TestBatch.many(count), to: engine) == .acknowledged)
    #expect(try sequences(directory.octets("traps.json")) == Array(1...UInt64(count)))
    engine.stop()
    #expect(engine.waitUntilStopped(nanoseconds: TestBatch.patience))
  }

  @Test("a full disk costs time, never a line: the batch goes on where the file stands")
  func fullDisk() throws {
    let directory = try TemporaryDirectory()
    let disk = directory.path + "/disk"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    guard unsafe mount("tmpfs", disk, "tmpfs", 0, "size=64k") == 0 else {
      print("skipped: no tmpfs can be mounted here")
      return
    }
    defer { _ = unsafe umount2(disk, CInt(MNT_DETACH)) }
    try Data(repeating: 120, count: 40_000).write(to: URL(filePath: disk + "/ballast"))
    let engine = try open(disk + "/traps.json")
    let batch = TestBatch.many(60)
    guard case .unavailable(let reason, _, _) = TestBatch.deliver(batch, to: engine) else {
      throw TestFailure("a full disk was not noticed")
    }
    #expect(reason.contains("No space left"))
    #expect(directory.octets("disk/traps.json").last != 10, "the test wants a torn line")
    guard case .unavailable = TestBatch.deliver(batch, to: engine) else { throw TestFailure("still full") }
    try FileManager.default.removeItem(atPath: disk + "/ballast")
    #expect(TestBatch.deliver(batch, to: engine) == .acknowledged)
    #expect(try sequences(directory.octets("disk/traps.json")) == Array(1...60))
    engine.stop()
    #expect(engine.waitUntilStopped(nanoseconds: TestBatch.patience))
  }

  @Test("a torn line is finished before another batch begins")
  func tornLineThenAnotherBatch() throws {
    let directory = try TemporaryDirectory()
    let fifo = directory.path + "/fifo"
    let made = unsafe mkfifo(fifo, 0o600)
    #expect(made == 0)
    // A reader that is there but takes nothing: the pipe fills in the middle of a line.
    let reader = try Descriptor.open(fifo, O_RDONLY | O_NONBLOCK)
    let engine = try open(fifo) { $0.stallTimeout = 1 }
    guard case .unavailable = TestBatch.deliver(TestBatch.many(400), to: engine) else {
      throw TestFailure("a pipe that nobody reads took 400 traps")
    }
    var received: [UInt8] = []
    while let part = try? reader.read(atMost: 65536), !part.isEmpty { received += part }
    #expect(received.last != 10)
    #expect(TestBatch.deliver(TestBatch.many(2, counter: 2, first: 1000), to: engine) == .acknowledged)
    while let part = try? reader.read(atMost: 65536), !part.isEmpty { received += part }
    let found = try sequences(received)
    #expect(found == Array(1...UInt64(found.count - 2)) + [1000, 1001])
    engine.stop()
    #expect(engine.waitUntilStopped(nanoseconds: TestBatch.patience))
  }

  @Test("a FIFO whose reader goes gives the next reader whole lines only")
  func readerGoes() throws {
    let directory = try TemporaryDirectory()
    let fifo = directory.path + "/fifo"
    let made = unsafe mkfifo(fifo, 0o600)
    #expect(made == 0)
    let engine = try open(fifo) { $0.stallTimeout = 1 }
    guard case .unavailable = TestBatch.deliver(TestBatch.many(1), to: engine) else { throw TestFailure("no reader") }
    let batch = TestBatch.many(400)
    try fillAndGo(fifo, engine, batch)
    let second = try Descriptor.open(fifo, O_RDONLY | O_NONBLOCK)
    guard case .unavailable = TestBatch.deliver(batch, to: engine) else { throw TestFailure("the reader had gone") }
    _ = TestBatch.deliver(batch, to: engine)
    let octets = try second.read(atMost: 65536)
    #expect(octets.first == UInt8(ascii: "{"))
  }

  private func fillAndGo(_ fifo: String, _ engine: FileEngine, _ batch: DeliveryBatch) throws {
    let reader = try Descriptor.open(fifo, O_RDONLY | O_NONBLOCK)
    guard case .unavailable = TestBatch.deliver(batch, to: engine) else { throw TestFailure("never full") }
    _ = reader.raw
  }

  @Test("rotation is at a line boundary, and keeps as many files as it was told")
  func rotation() throws {
    let directory = try TemporaryDirectory()
    let engine = try open(directory.path + "/traps.json") {
      $0.rotateSize = 5000
      $0.rotateKeep = 2
    }
    #expect(TestBatch.deliver(TestBatch.many(60), to: engine) == .acknowledged)
    let files = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
    #expect(files == ["traps.json", "traps.json.1", "traps.json.2"])
    let all = directory.octets("traps.json.2") + directory.octets("traps.json.1") + directory.octets("traps.json")
    let found = try sequences(all)
    #expect(found == Array((61 - UInt64(found.count))...60))
    for file in ["traps.json.1", "traps.json.2"] {
      let size = directory.octets(file).count
      #expect(size >= 5000 && size < 6000 && directory.octets(file).last == 10)
    }
  }

  @Test("after a move and reopen, traps go into a new file")
  func reopen() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/traps.json"
    let engine = try open(path)
    #expect(TestBatch.deliver(TestBatch.many(3), to: engine) == .acknowledged)
    try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
    #expect(TestBatch.deliver(TestBatch.many(1, counter: 2, first: 4), to: engine) == .acknowledged)
    engine.reopen()
    #expect(TestBatch.deliver(TestBatch.many(2, counter: 3, first: 5), to: engine) == .acknowledged)
    #expect(try sequences(directory.octets("traps.json.old")) == [1, 2, 3, 4])
    #expect(try sequences(directory.octets("traps.json")) == [5, 6])
  }

  @Test("an unterminated last line is ended at start")
  func unterminatedLine() throws {
    let directory = try TemporaryDirectory()
    try directory.put("{\"sequence\":1}\n{\"sequ", "traps.json")
    let engine = try open(directory.path + "/traps.json")
    #expect(TestBatch.deliver(TestBatch.many(1, first: 2), to: engine) == .acknowledged)
    let lines = directory.octets("traps.json").split(separator: 10)
    #expect(lines.count == 3 && String(decoding: lines[1], as: UTF8.self) == "{\"sequ")
    #expect(try sequences(Array(lines[2]) + [10]) == [2])
  }

  @Test("an unfinished last raw record is cut at start, a whole one stays")
  func unfinishedRecord() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/traps.raw"
    let first = try open(path) { $0.format = .raw }
    #expect(TestBatch.deliver(TestBatch.many(3), to: first) == .acknowledged)
    let whole = directory.octets("traps.raw")
    _ = try open(path) { $0.format = .raw }
    #expect(directory.octets("traps.raw") == whole)
    for torn in [2, 10, whole.count / 3 - 1] {
      try Data(whole + whole.prefix(torn)).write(to: URL(filePath: path))
      _ = try open(path) { $0.format = .raw }
      #expect(directory.octets("traps.raw") == whole)
    }
  }

  @Test(
    "what cannot be opened says where, why and what to do",
    arguments: [("missing/traps.json", "No such file"), ("", "Is a directory")])
  func cannotOpen(name: String, reason: String) throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/\(name)"
    #expect { try open(path) } throws: { error in
      let text = "\(error)"
      return text.contains("engine archive") && text.contains(path) && text.contains(reason) && text.contains("; ")
    }
  }
}
