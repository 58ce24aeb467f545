/// Why a processing engine cannot start, and what to do about it.
package struct EngineOpenError: Error, Equatable, CustomStringConvertible {
  package let engine: String
  package let reason: String
  package let remedy: String

  package var description: String { "engine \(engine): \(reason); \(remedy)" }
}
