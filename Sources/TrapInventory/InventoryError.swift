/// Why an inventory cannot be read or written, and what to do about it. Never holds a secret.
package struct InventoryError: Error, Equatable, CustomStringConvertible {
  package enum Kind: Sendable {
    case absent, forbidden, locked, corrupt, otherSchema, full, failed
  }

  package let path: String
  package let kind: Kind
  package let reason: String
  package let remedy: String

  package init(path: String, kind: Kind, reason: String, remedy: String) {
    self.path = path
    self.kind = kind
    self.reason = reason
    self.remedy = remedy
  }

  package var description: String { "\(path): \(reason); \(remedy)" }
}
