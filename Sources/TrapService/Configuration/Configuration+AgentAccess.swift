package import TrapBatching

extension Configuration.Agent {
  /// Who may ask the standalone agent for what; of no use to an AgentX subagent. Whoever stands nowhere in it gets no
  /// answer.
  package struct Access: Equatable, Sendable {
    package enum View: String, CaseIterable, Sendable {
      case all
      /// All but the log of notifications.
      case statistics
    }

    package enum Right: String, CaseIterable, Sendable {
      case readOnly = "read-only"
      /// Also makes rows in the tables that have rows for managers to make.
      case readWrite = "read-write"
    }

    /// `<community>` of `<agent>`: reads, and only reads.
    package struct Community: Equatable, Sendable {
      package var secret: Secret
      /// Where it may come from. Empty: from anywhere.
      package var sources: [AddressPrefix] = []
      package var view = View.all
    }

    /// `<user>` of `<agent>`: a user of `<security>` who may ask.
    package struct User: Equatable, Sendable {
      /// Of its credentials.
      package var name: String
      package var right = Right.readOnly
      /// nil: the user's own.
      package var minimumLevel: Configuration.SecurityLevel?
      package var view = View.all
    }

    /// The attribute `community`: reads all from anywhere. nil where it is not written and others are let in.
    package var community: Secret? = Secret(Array("public".utf8), origin: .standard)
    package var communities: [Community] = []
    package var users: [User] = []

    package init() {}
  }
}
