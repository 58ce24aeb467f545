/// What is wrong with a file of SNMPv3 state, and what to do about it. Thrown where it stops the start, else a warning.
package struct StateFileError: Error, Equatable, CustomStringConvertible {
  package let path: String
  package let reason: String
  package let remedy: String

  package init(path: String, reason: String, remedy: String) {
    self.path = path
    self.reason = reason
    self.remedy = remedy
  }

  package var description: String { "\(path): \(reason); \(remedy)" }
}
