package import TrapBatching

extension Configuration {
  /// `<listener>`: one bound address.
  package struct Listener: Equatable, Sendable {
    /// Whose messages of SNMPv1 and v2c are taken.
    package enum Acceptance: Equatable, Sendable {
      case all
      /// One of these communities; never empty.
      case communities([Secret])
    }

    /// What becomes of an SNMPv3 message.
    package enum V3Policy: String, CaseIterable, Sendable {
      /// Verified against the users of `<security>` and what metadata knows.
      case verify
      /// Delivered as the sender's claim.
      case deliverRaw = "deliver-raw"
      case refuse
    }
    package enum InformPolicy: String, CaseIterable, Sendable {
      /// Delivered, and answered once that is certain.
      case answer
      /// Delivered and never answered: somebody else does.
      case deliver
    }
    /// Which Reports go out (RFC 3414 §3.2).
    package enum ReportPolicy: String, CaseIterable, Sendable {
      /// Those that engine ID discovery and time synchronisation need.
      case discovery
      /// Also those that say why a message was refused.
      case all
      case none
    }
    /// Which address metadata is asked about.
    package enum KeyAddress: String, CaseIterable, Sendable {
      case source
      case agent
    }
    /// Of a transport with connections.
    package struct Connections: Equatable, Sendable {
      package var most = 256
      package var mostPerSource = 16
      /// A connection that brings nothing for so long is closed.
      package var idle: UInt64 = 300_000_000_000

      package init() {}
    }

    package var name: String
    package var address: ListenAddress
    /// Sockets, each with its receive thread; 1 where the transport is not `udp`.
    package var lanes = 1
    /// Of the kernel, for each socket; of no use where the transport is not `udp`.
    package var receiveBuffer = 8 << 20
    /// Name of the metadata source that routes what comes in here.
    package var metadata: String
    package var acceptance: Acceptance
    package var v3 = V3Policy.verify
    /// Of SNMPv3 messages, where `v3` is `verify`.
    package var minimumLevel = SecurityLevel.noAuthNoPriv
    package var informs = InformPolicy.answer
    /// Where `v3` is `verify`.
    package var reports = ReportPolicy.discovery
    package var key = KeyAddress.source
    /// Where the transport has connections.
    package var connections = Connections()
    /// Sources that may send; empty: all that are not denied.
    package var allowed: [AddressPrefix] = []
    /// Sources that may not, though allowed.
    package var denied: [AddressPrefix] = []
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
