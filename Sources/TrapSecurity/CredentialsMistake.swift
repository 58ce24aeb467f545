/// What is wrong with stated credentials, and what to state in its place. Never holds a secret.
package struct CredentialsMistake: Error, Hashable, Sendable, CustomStringConvertible {
  /// What the mistake is about; each source of metadata has words of its own for it.
  package enum Place: Sendable {
    case user, engineID, auth, authSecret, priv, privSecret, form, minimumLevel, timeWindow, community, version
  }

  package let place: Place
  package let problem: String
  package let remedy: String

  package init(_ place: Place, _ problem: String, _ remedy: String) {
    self.place = place
    self.problem = problem
    self.remedy = remedy
  }

  package var description: String { "\(problem); \(remedy)" }
}
