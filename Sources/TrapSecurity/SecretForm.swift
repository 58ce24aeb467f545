/// In which form an operator has a user's secrets; both are in the same.
package enum SecretForm: String, CaseIterable, Sendable {
  case passphrase, master, localized
}
