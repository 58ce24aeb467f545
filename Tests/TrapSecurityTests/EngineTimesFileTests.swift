import Foundation
import Testing
import TrapSecurity

@Suite("Engines' clocks, kept")
struct EngineTimesFileTests {
  static let records = (1...20).map { number in
    EngineTimeRecord(
      engineID: [0x80, 0, 0, 0, UInt8(number)] + [UInt8](repeating: 0xFF, count: number), boots: Int32(number),
      time: .max, latest: Int32(number * 1000), made: 1_800_000_000_000_000_000)
  }

  @Test("what is written is read, and nothing at the first start")
  func roundTrip() throws {
    let directory = try StateDirectory()
    #expect(EngineTimesFile.read(directory: directory.path).records.isEmpty)
    #expect(EngineTimesFile.read(directory: directory.path).warning == nil)
    for records in [Self.records, [], Array(Self.records[3...])] {
      try EngineTimesFile.write(records, directory: directory.path)
      let (read, warning) = EngineTimesFile.read(directory: directory.path)
      #expect(read == records && warning == nil)
    }
    #expect(directory.names == [EngineTimesFile.name])
  }

  @Test("wherever it is torn, whole lines are kept, with a warning")
  func torn() throws {
    let directory = try StateDirectory()
    try EngineTimesFile.write(Self.records, directory: directory.path)
    let whole = try directory.text(EngineTimesFile.name)
    for count in stride(from: 0, to: whole.utf8.count, by: 7) {
      let torn = String(decoding: Array(whole.utf8)[..<count], as: UTF8.self)
      try directory.write(torn, EngineTimesFile.name)
      let (read, warning) = EngineTimesFile.read(directory: directory.path)
      #expect(read == Array(Self.records[..<read.count]))
      #expect(warning != nil, "cut to \(count)")
      #expect(read.count == max(0, torn.filter { $0 == "\n" }.count - 1))
    }
  }

  @Test("octets that are no text, a lost line and a directory in its place warn and are survived")
  func unreadable() throws {
    let directory = try StateDirectory()
    let path = directory.path + "/" + EngineTimesFile.name
    try Data([0xFF, 0xFE, 0, 1]).write(to: URL(fileURLWithPath: path))
    #expect(EngineTimesFile.read(directory: directory.path).records.isEmpty)
    #expect(EngineTimesFile.read(directory: directory.path).warning != nil)

    try EngineTimesFile.write(Self.records, directory: directory.path)
    var lines = try directory.text(EngineTimesFile.name).split(separator: "\n")
    lines.remove(at: 5)
    try directory.write(lines.joined(separator: "\n") + "\n", EngineTimesFile.name)
    #expect(EngineTimesFile.read(directory: directory.path).records.count == 19)
    #expect(EngineTimesFile.read(directory: directory.path).warning != nil)

    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect(EngineTimesFile.read(directory: directory.path).warning?.path == path)
    #expect(throws: StateFileError.self) { try EngineTimesFile.write(Self.records, directory: directory.path) }
  }
}
