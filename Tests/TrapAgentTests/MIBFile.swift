import Foundation

/// TRAPLINE-MIB as a reader of the file finds it: every OBJECT-TYPE with its arcs below the module's root and its
/// syntax.
struct MIBFile {
  struct Object: Equatable {
    let name: String
    let arcs: [UInt]
    let syntax: String
  }

  static let directory = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Config/mibs").path

  let objects: [Object]

  init() throws {
    let text = try String(contentsOfFile: Self.directory + "/TRAPLINE-MIB.txt", encoding: .utf8)
    var nodes: [String: [UInt]] = ["trapline": []]
    var objects: [Object] = []
    let definition = /^(\w+)\s+(OBJECT IDENTIFIER|OBJECT-TYPE)(.*?)::=\s*\{\s*(\w+)\s+(\d+)\s*\}/
      .anchorsMatchLineEndings().dotMatchesNewlines()
    for match in text.matches(of: definition) {
      guard let parent = nodes[String(match.4)], let arc = UInt(match.5) else { continue }
      let name = String(match.1)
      nodes[name] = parent + [arc]
      // What only notifications carry cannot be asked for.
      guard match.2 == "OBJECT-TYPE", !match.3.contains("accessible-for-notify") else { continue }
      let syntax = match.3.firstMatch(of: /SYNTAX\s+(\w+)/).map { String($0.1) } ?? ""
      objects.append(Object(name: name, arcs: parent + [arc], syntax: syntax))
    }
    self.objects = objects
  }
}
