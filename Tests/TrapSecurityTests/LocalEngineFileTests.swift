import Foundation
import Testing
import TrapSecurity

@Suite("Our engine ID and boots, kept")
struct LocalEngineFileTests {
  private static let name = LocalEngineFile.name

  @Test("the first start makes the engine ID, each start raises the boots")
  func starts() throws {
    let directory = try StateDirectory()
    let first = try LocalEngineFile.open(directory: directory.path, now: 1)
    #expect(first.warning == nil && first.engine.boots == 1 && first.engine.started == 1)
    #expect(first.engine.engineID.count == 17 && first.engine.engineID.prefix(5) == [0x80, 0, 0x1F, 0x88, 5])
    for boots: Int32 in 2...5 {
      let next = try LocalEngineFile.open(directory: directory.path, now: 9)
      #expect(next.warning == nil && next.engine.boots == boots && next.engine.engineID == first.engine.engineID)
    }
    #expect(directory.names == [Self.name])
    let other = try StateDirectory()
    #expect(try LocalEngineFile.open(directory: other.path, now: 1).engine.engineID != first.engine.engineID)
  }

  @Test("wherever the file is torn, it is this engine with boots latched, or no start, and the file is left")
  func torn() throws {
    let directory = try StateDirectory()
    let engine = try LocalEngineFile.open(directory: directory.path, now: 1).engine
    let whole = try directory.text(Self.name)
    for count in 0..<whole.utf8.count {
      let torn = String(decoding: Array(whole.utf8)[..<count], as: UTF8.self)
      try directory.write(torn, Self.name)
      if let opened = try? LocalEngineFile.open(directory: directory.path, now: 1) {
        #expect(opened.engine.engineID == engine.engineID && opened.engine.boots == LocalEngine.latchedBoots)
        #expect(opened.warning?.remedy.contains("remove it") == true)
      } else {
        #expect(count <= whole.utf8.count - 1)
      }
      #expect(try directory.text(Self.name) == torn)
    }
  }

  @Test("a changed octet is noticed, wherever it is")
  func changed() throws {
    let directory = try StateDirectory()
    let engine = try LocalEngineFile.open(directory: directory.path, now: 1).engine
    let whole = Array(try directory.text(Self.name).utf8)
    var latched = 0
    var thrown = 0
    for index in whole.indices {
      var octets = whole
      octets[index] ^= 1
      try Data(octets).write(to: URL(fileURLWithPath: directory.path + "/" + Self.name))
      do throws(StateFileError) {
        let (opened, warning) = try LocalEngineFile.open(directory: directory.path, now: 1)
        #expect(opened.engineID == engine.engineID)
        if warning != nil { latched += 1 }
        #expect(opened.boots == (warning == nil ? 2 : LocalEngine.latchedBoots))
      } catch {
        #expect(error.remedy.contains("backup"))
        thrown += 1
      }
    }
    // The line of the engine ID has 55 octets with its end, that of the boots 18; the end of a line is also the next
    // one's beginning.
    #expect(thrown == 56)
    #expect(latched == 18)
  }

  @Test("boots that can be raised no more are latched")
  func exhausted() throws {
    let directory = try StateDirectory()
    _ = try LocalEngineFile.open(directory: directory.path, now: 1)
    let lines = try directory.text(Self.name).split(separator: "\n")
    // CRC-32 of "boots 2147483646", by another program.
    try directory.write(lines[0...1].joined(separator: "\n") + "\nboots 2147483646 #b0fdcae1\n", Self.name)
    let opened = try LocalEngineFile.open(directory: directory.path, now: 1)
    #expect(opened.engine.boots == LocalEngine.latchedBoots)
    #expect(opened.warning?.reason.contains("raised no more") == true)
  }

  @Test("what cannot be written or is no file stops the start, and says what to do")
  func unusable() throws {
    let directory = try StateDirectory()
    #expect(throws: StateFileError.self) { try LocalEngineFile.open(directory: directory.path + "/none", now: 1) }
    try FileManager.default.createDirectory(
      atPath: directory.path + "/" + Self.name, withIntermediateDirectories: true)
    do throws(StateFileError) {
      _ = try LocalEngineFile.open(directory: directory.path, now: 1)
      Issue.record("a directory was opened as a file")
    } catch {
      #expect(error.path == directory.path + "/" + Self.name && !error.remedy.isEmpty)
    }
  }

  @Test("a file that was not finished before a crash is no obstacle")
  func unfinished() throws {
    let directory = try StateDirectory()
    let engine = try LocalEngineFile.open(directory: directory.path, now: 1).engine
    try directory.write("torn", Self.name + ".new")
    let next = try LocalEngineFile.open(directory: directory.path, now: 1)
    #expect(next.engine.boots == 2 && next.engine.engineID == engine.engineID && next.warning == nil)
    #expect(directory.names == [Self.name])
  }
}
