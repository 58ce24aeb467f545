/// Why a thread could not be started.
package struct StageThreadError: Error, Equatable, CustomStringConvertible {
  package let name: String
  package let reason: String

  package var description: String {
    "no thread for \(name): \(reason); raise the limit on tasks (TasksMax=, ulimit -u)"
  }
}
