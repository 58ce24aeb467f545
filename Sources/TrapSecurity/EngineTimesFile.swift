/// `snmp-engine-times` in the state directory: the clocks of the engines that were heard, so that a recording of before
/// the restart stays refused after it. To be written at least every 60 seconds, and at the end.
package enum EngineTimesFile {
  package static let name = "snmp-engine-times"
  private static let heading = "trapline-engine-times 1"
  /// A million engines.
  private static let sizeMax = 128 << 20

  /// Replaces the file; when this returns it is on the disk.
  package static func write(_ records: [EngineTimeRecord], directory: String) throws(StateFileError) {
    var octets = Array(StateText.line(heading).utf8)
    for record in records {
      let text =
        "\(StateText.hex(record.engineID)) \(record.boots) \(record.time) \(record.latest) \(record.made)"
      octets += StateText.line(text).utf8
    }
    octets += StateText.line("end \(records.count)").utf8
    try StateFile.replace(directory, name, with: octets)
  }

  /// What was written last; nothing at the first start. Of a damaged file the lines that are whole, with a warning: each
  /// is as true as it was, and the fewer are missing the fewer recordings pass.
  package static func read(directory: String) -> (records: [EngineTimeRecord], warning: StateFileError?) {
    let path = directory + "/" + name
    do throws(StateFileError) {
      guard let octets = try StateFile.read(path, limit: sizeMax) else { return ([], nil) }
      let lines = StateText.lines(octets)
      let records = lines.compactMap { $0.flatMap(record) }
      let isWhole =
        lines.count == records.count + 2 && lines.first == heading.split(separator: " ")
        && lines.last == ["end", "\(records.count)"]
      return (records, isWhole ? nil : StateFileError(path: path, reason: damaged, remedy: nothing))
    } catch {
      return ([], error)
    }
  }

  private static let damaged = "it is damaged, and the clocks of some SNMP engines are lost"
  private static let nothing =
    "nothing needs doing: until each of these engines is heard again, a recording of it would be taken once"

  private static func record(_ words: [Substring]) -> EngineTimeRecord? {
    guard words.count == 5, let engineID = StateText.octets(words[0]) else { return nil }
    guard USMVerifier.engineIDOctets ~= engineID.count, let made = Int64(words[4]) else { return nil }
    let numbers = words[1...3].compactMap { Int32($0) }
    guard numbers.count == 3, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
    return EngineTimeRecord(
      engineID: engineID, boots: numbers[0], time: numbers[1], latest: numbers[2], made: made)
  }
}
