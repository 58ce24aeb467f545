/// Says which form it has and never the secret, wherever a value that holds one is printed or dumped.
extension KeyMaterial: CustomStringConvertible, CustomReflectable {
  package var description: String {
    switch self {
    case .passphrase: "passphrase"
    case .master: "master key"
    case .localized: "localized key"
    }
  }

  package var customMirror: Mirror { Mirror(self, children: []) }
}
