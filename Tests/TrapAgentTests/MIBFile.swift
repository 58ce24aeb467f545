import Foundation

/// TRAPLINE-MIB as a reader of the file finds it: every OBJECT-TYPE that can be asked for, with its arcs below the
/// module's root, its syntax, and whether it is a scalar or a column and of what table.
struct MIBFile {
  struct Object: Equatable {
    let name: String
    let arcs: [UInt]
    let syntax: String
    let access: String
    /// The entry that it is a column of.
    let entry: String?
  }

  static let directory = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Config/mibs").path

  /// Without tables, entries and what is not accessible.
  let objects: [Object]

  var scalars: [Object] { objects.filter { $0.entry == nil } }
  var columns: [Object] { objects.filter { $0.entry != nil } }

  init() throws {
    let text = try String(contentsOfFile: Self.directory + "/TRAPLINE-MIB.txt", encoding: .utf8)
    var nodes: [String: [UInt]] = ["trapline": []]
    var entries: Set<String> = []
    var objects: [Object] = []
    let definition = /^(\w+)\s+(OBJECT IDENTIFIER|OBJECT-TYPE)(.*?)::=\s*\{\s*(\w+)\s+(\d+)\s*\}/
      .anchorsMatchLineEndings().dotMatchesNewlines()
    for match in text.matches(of: definition) {
      guard let parent = nodes[String(match.4)], let arc = UInt(match.5) else { continue }
      let name = String(match.1)
      nodes[name] = parent + [arc]
      guard match.2 == "OBJECT-TYPE" else { continue }
      if match.3.contains("INDEX ") { entries.insert(name) }
      let syntax = match.3.firstMatch(of: /SYNTAX\s+(OBJECT IDENTIFIER|\w+)/).map { String($0.1) } ?? ""
      let access = match.3.firstMatch(of: /MAX-ACCESS\s+([\w-]+)/).map { String($0.1) } ?? ""
      guard access != "not-accessible" else { continue }
      objects.append(
        Object(
          name: name, arcs: parent + [arc], syntax: syntax, access: access,
          entry: entries.contains(String(match.4)) ? String(match.4) : nil))
    }
    self.objects = objects
  }
}
