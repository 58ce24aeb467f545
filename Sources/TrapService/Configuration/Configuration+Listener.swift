extension Configuration {
  /// `<listener>`: one bound address.
  package struct Listener: Equatable, Sendable {
    /// Who may send.
    package enum Acceptance: Equatable, Sendable {
      case all
      /// One of these communities; never empty.
      case communities([Secret])
    }

    /// What becomes of an SNMPv3 message, which nothing here verifies yet.
    package enum V3Policy: String, CaseIterable, Sendable {
      case refuse
      case deliverRaw = "deliver-raw"
    }

    package var name: String
    package var address: ListenAddress
    /// Sockets, each with its receive thread.
    package var lanes = 1
    /// Of the kernel, for each socket.
    package var receiveBuffer = 8 << 20
    /// Name of the metadata source that routes what comes in here.
    package var metadata: String
    package var acceptance: Acceptance
    package var v3 = V3Policy.refuse
    package var batch = Batch(traps: 512, octets: 128 << 10, maxWait: 5_000_000)
    /// Octets of pinned capacity between this listener and classification; nil: derived.
    package var queueLimit: Int?

    package init(name: String, address: ListenAddress, metadata: String, acceptance: Acceptance) {
      self.name = name
      self.address = address
      self.metadata = metadata
      self.acceptance = acceptance
    }
  }
}
