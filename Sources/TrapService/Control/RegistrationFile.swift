internal import FoundationEssentials
internal import TrapControl

/// The registrations that outlive the daemon, in the state directory: a JSON object by name.
internal struct RegistrationFile: Sendable {
  let path: String

  init(stateDirectory: String) { path = stateDirectory + "/registrations.json" }

  /// Empty where there is no file; throws where it cannot be read or is none of ours.
  func read() throws -> [String: KeptRegistration] {
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    let octets = try Data(contentsOf: URL(filePath: path))
    return try JSONDecoder().decode([String: KeptRegistration].self, from: octets)
  }

  /// Keeps a file that cannot be read from being written over; says what became of it.
  func setAside() -> String {
    let other = path + ".unreadable"
    do {
      try? FileManager.default.removeItem(atPath: other)
      try FileManager.default.moveItem(atPath: path, toPath: other)
      return "it is now \(other); engines have to register again, or mend it, put it back and restart"
    } catch {
      return "it cannot be moved aside either: \(error); engines have to register again"
    }
  }

  /// Replaces the file as a whole.
  func write(_ registrations: [String: KeptRegistration]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(registrations).write(to: URL(filePath: path), options: .atomic)
  }
}
