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

  /// Replaces the file as a whole.
  func write(_ registrations: [String: KeptRegistration]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(registrations).write(to: URL(filePath: path), options: .atomic)
  }
}
