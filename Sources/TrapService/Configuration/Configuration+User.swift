package import TrapSecurity

extension Configuration {
  /// `<user>` of `<security>`: one user of SNMPv3.
  package struct User: Equatable, Sendable {
    /// In what form both secrets of a user are written.
    package enum SecretForm: String, CaseIterable, Sendable {
      case passphrase
      /// Hexadecimal: the hash of a passphrase.
      case master
      /// Hexadecimal: for one engine alone.
      case localized
    }
    package enum TimeWindow: String, CaseIterable, Sendable {
      case check
      case ignore
    }
    package struct Authentication: Equatable, Sendable {
      package var method: AuthProtocol
      /// As written.
      package var secret: Secret
    }
    package struct Privacy: Equatable, Sendable {
      package var method: PrivProtocol
      /// As written.
      package var secret: Secret
    }

    /// msgUserName, 1...32 octets of UTF-8.
    package var name: String
    /// What routes, inventories and metadata services call it.
    package var credentials: String
    /// nil: for any.
    package var engineID: [UInt8]?
    package var secretForm = SecretForm.passphrase
    package var authentication: Authentication?
    /// Only with authentication.
    package var privacy: Privacy?
    /// nil: the best that it can do.
    package var minimumLevel: SecurityLevel?
    package var timeWindow = TimeWindow.check

    package init(name: String, credentials: String) {
      self.name = name
      self.credentials = credentials
    }

    /// The best that it can do.
    package var level: SecurityLevel {
      privacy != nil ? .authPriv : authentication != nil ? .authNoPriv : .noAuthNoPriv
    }
  }
}

extension Configuration.User {
  /// As the security module has it.
  var made: Credentials {
    Credentials(
      name: credentials,
      .user(
        USMUser(
          name: Array(name.utf8), engineID: engineID,
          authentication: authentication.map { .init($0.method, material($0.secret)) },
          privacy: privacy.map { .init($0.method, material($0.secret)) }, minimumLevel: minimumLevel?.flags,
          checksTimeWindow: timeWindow == .check)))
  }

  private func material(_ secret: Secret) -> KeyMaterial {
    switch secretForm {
    case .passphrase: .passphrase(secret.octets)
    case .master: .master(Hexadecimal.octets(secret.octets) ?? [])
    case .localized: .localized(Hexadecimal.octets(secret.octets) ?? [])
    }
  }
}
