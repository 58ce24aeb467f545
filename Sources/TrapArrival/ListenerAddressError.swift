/// Why a text is no listener address.
package struct ListenerAddressError: Error, Equatable, CustomStringConvertible {
  package let text: String
  package let problem: String

  package var description: String { "'\(text)': \(problem)" }
}
