internal import Synchronization

/// A passphrase and the master key (Ku) that it hashes to, which takes milliseconds and so happens once. From any thread.
package final class MasterKey: Sendable {
  package let method: AuthProtocol
  private let passphrase: [UInt8]
  private let derived = Mutex<[UInt8]?>(nil)

  /// nil for a secret that is a key already.
  package init?(_ method: AuthProtocol, _ secret: KeyMaterial) {
    guard case .passphrase(let passphrase) = secret else { return nil }
    self.method = method
    self.passphrase = passphrase
  }

  /// Hashes at the first call; who asks meanwhile waits for it.
  package func octets() throws(KeyRefusal) -> [UInt8] {
    try derived.withLock { (derived) throws(KeyRefusal) in
      if let key = derived { return key }
      let key = try KeyDerivation.master(passphrase, method)
      derived = key
      return key
    }
  }

  deinit {
    derived.withLock { derived in
      if var key = derived.take() { key.erase() }
    }
  }
}
