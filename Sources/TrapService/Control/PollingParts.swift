internal import Synchronization
internal import TrapAgent
internal import TrapBatching
internal import TrapSecurity

/// What polls are made of: who asks, and the secrets to ask with.
internal final class PollingParts: Sendable {
  /// What metadata knows of an agent; nil where it knows no credentials.
  typealias CredentialsOf = @Sendable (SourceAddress) async -> Credentials?

  let poller: Poller
  let credentialsOf: CredentialsOf
  private let current: Mutex<CredentialsDirectory>

  init(_ poller: Poller, directory: CredentialsDirectory, credentialsOf: @escaping CredentialsOf) {
    self.poller = poller
    self.credentialsOf = credentialsOf
    current = Mutex(directory)
  }

  var directory: CredentialsDirectory { current.withLock { $0 } }

  /// At a reload. Requests that have begun end with the former ones.
  func change(_ directory: CredentialsDirectory) { current.withLock { $0 = directory } }
}
